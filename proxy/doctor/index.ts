import type { Outbound } from '../outbound/types.ts';
import { examinePage } from './examine-page.ts';
import { examineProxy, type ProxyOptions } from './examine-proxy.ts';
import { fail, type Finding } from './types.ts';

export type { Finding } from './types.ts';

export interface ExamineOptions extends Pick<ProxyOptions, 'certificateOf' | 'now'> {
  /** A page of the shop. */
  url: string;
  outbound: Outbound;
  signal: AbortSignal;
  proxy?: string | undefined;
  shop?: string | undefined;
}

/** Looks at a shop's page and at the proxy that it names, as a browser would, and says what to mend. */
export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const { url, outbound, signal, proxy, shop } = options;
  try {
    const page = await examinePage({ url, outbound, signal, proxy, shop });
    if (!page.proxy) return page.findings;
    const found = await examineProxy({ ...options, proxy: page.proxy, shop: page.shop, page: page.page });
    return [...page.findings, ...found];
  } catch (error) {
    signal.throwIfAborted();
    return [fail('page', (error as Error).message, 'Check the address.')];
  }
}
