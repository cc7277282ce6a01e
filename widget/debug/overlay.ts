/**
 * What who puts the widget on a page wants to see of it: `data-debug` on the tag brings this in, and nothing else does. For
 * developers, so in English; it says nothing of what was written in the chat. It is no part of the panel, and takes nothing
 * from it but the element's attributes and events.
 */
import { styles } from './debug.styles.ts';
import { look, type Finding } from './look.ts';

export interface Watched extends HTMLElement {
  shop: string;
  proxy: string;
  transport: string;
}

/** Kept of what the page forbids; a broken page may go on for ever. */
const MAX_FORBIDDEN = 20;

/** @param signal aborted when the element leaves the page: so does this */
export function watch(host: Watched, signal: AbortSignal): void {
  if (signal.aborted) return;
  const box = document.createElement('shop-clerk-debug');
  const root = box.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const section = element('section', { ariaLabel: 'Shop Clerk: developer' });
  const details = element('details', { open: true });
  const list = element('dl', {});
  const again = element('button', { type: 'button', textContent: 'Look again', onclick: () => void lookAgain() });
  details.append(element('summary', { textContent: 'Shop Clerk' }), list, again);
  section.append(details);
  root.append(section);

  let findings: readonly Finding[] = [];
  const forbidden = new Set<string>();
  let thread: string | null = null;
  let lastError = 'none';
  const base = () => new URL(host.proxy || '/', document.baseURI);

  function draw(): void {
    const polls = performance
      .getEntriesByType('resource')
      .some(({ name }) => /\/api\/turns\/[^/]+\/events\?.*wait=/.test(name));
    const script = document.querySelector<HTMLScriptElement>('script[data-debug]');
    const rows: [string, string, Finding['status']?][] = [
      ['shop', host.shop],
      ['proxy', base().href],
      ['widget', script?.src ?? new URL(import.meta.url).href],
      ['session', host.matches(':defined') ? `conversation ${thread ?? 'not begun'}` : 'not defined'],
      ['answers by', polls ? 'polling: streams are held back' : host.transport, polls ? 'warn' : 'ok'],
      ['last error', lastError, lastError === 'none' ? 'ok' : 'warn'],
      ...[...forbidden].map((one): [string, string, Finding['status']] => ['forbidden', one, 'fail']),
      ...findings.map(({ check, status, says, fix }): [string, string, Finding['status']] => {
        return [check, fix === undefined ? says : `${says} → ${fix}`, status];
      }),
    ];
    list.replaceChildren(
      ...rows.flatMap(([name, value, status = 'ok']) => [
        element('dt', { textContent: status === 'ok' ? name : `${status} ${name}` }),
        element('dd', { textContent: value, className: status }),
      ]),
    );
  }

  async function lookAgain(): Promise<void> {
    again.disabled = true;
    const options = {
      base: base().href,
      shop: host.shop,
      origin: location.origin,
      fetch: fetch.bind(window),
      now: Date.now,
      signal,
    };
    try {
      findings = await look(options);
    } catch {
      // Taken away meanwhile.
      return;
    }
    again.disabled = false;
    draw();
  }

  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) => {
      if (forbidden.size < MAX_FORBIDDEN) forbidden.add(`${effectiveDirective}: ${blockedURI}`);
      draw();
    },
    { signal },
  );
  for (const type of ['shopclerk-ready', 'shopclerk-message-send', 'shopclerk-response-end', 'shopclerk-error']) {
    host.addEventListener(
      type,
      (event) => {
        const { threadId, failure } = event as Event & { threadId?: string | null; failure?: { code: string } };
        thread = threadId ?? thread;
        if (failure) lastError = failure.code;
        draw();
      },
      { signal },
    );
  }
  document.documentElement.append(box);
  draw();
  void lookAgain();
  signal.addEventListener('abort', () => box.remove(), { once: true });
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, properties: Partial<HTMLElementTagNameMap[K]>) {
  return Object.assign(document.createElement(name), properties);
}
