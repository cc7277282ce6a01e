import { createHash } from 'node:crypto';
import type { Outbound } from '../outbound/types.ts';
import { forbids, readPolicies, type ContentPolicy } from './content-policy.ts';
import { readPage, type WidgetTag } from './page.ts';
import { fail, ok, warn, type Finding } from './types.ts';

export interface PageOptions {
  url: string;
  outbound: Outbound;
  signal: AbortSignal;
  /** Where a tag manager puts the tag in, and the HTML says nothing of it. */
  proxy: string | undefined;
  shop: string | undefined;
}

export interface ExaminedPage {
  findings: Finding[];
  /** Where the redirects led. */
  page: URL;
  /** Null where nothing says. */
  proxy: URL | null;
  shop: string | null;
}

const MAX_PAGE = 5 * 2 ** 20;
const MAX_SCRIPT = 2 ** 20;
const TIMEOUT_MS = 20_000;
const SCRIPT_TYPES: ReadonlySet<string> = new Set(['', 'text/javascript', 'application/javascript']);

/** What the shop's own page has of the widget, and what it forbids. @throws OutboundError when the page can't be read */
export async function examinePage(options: PageOptions): Promise<ExaminedPage> {
  const { outbound, signal } = options;
  const answer = await outbound.request(options.url, { signal, maxBytes: MAX_PAGE, timeoutMs: TIMEOUT_MS });
  const page = new URL(answer.url);
  const { tags, element, policies } = readPage(await answer.text(), page);
  const findings: Finding[] = [
    answer.status < 400
      ? ok('page', `${page.href} answers ${answer.status}.`)
      : fail('page', `${page.href} answers ${answer.status}.`, 'Give the address of a page that shoppers see.'),
  ];
  const [tag] = tags;
  const said = options.proxy ?? tag?.attributes.get('data-proxy') ?? element?.get('proxy') ?? tag?.src.href;
  const proxy = said !== undefined && URL.canParse(said, page.href) ? new URL(said, page) : null;
  const shop = options.shop ?? tag?.attributes.get('data-shop') ?? element?.get('shop') ?? null;
  findings.push(...tagFindings(tags, shop, options.proxy !== undefined));
  if (proxy) {
    const header = answer.headers.get('content-security-policy') ?? '';
    const all = [header, ...policies].flatMap(readPolicies);
    findings.push(...policyFindings(all, { page, proxy, tag }));
    if (page.protocol === 'https:' && proxy.protocol === 'http:') {
      const secure = proxy.origin.replace('http:', 'https:');
      findings.push(
        fail(
          'mixed_content',
          `The page is https and the proxy is ${proxy.origin}: browsers refuse that.`,
          `Serve the proxy at ${secure} (docs/operations.md) and write that into the tag.`,
        ),
      );
    }
  }
  if (tag?.attributes.get('integrity')) findings.push(await integrityFinding(tag, outbound, signal));
  return { findings, page, proxy, shop };
}

function* tagFindings(tags: readonly WidgetTag[], shop: string | null, isTold: boolean): Generator<Finding> {
  const [tag] = tags;
  if (!tag) {
    const says = 'There is no script tag of the widget in the HTML.';
    if (isTold) yield warn('tag', says, 'Fine where a tag manager or a script adds it; else put it before </body>.');
    else
      yield fail(
        'tag',
        says,
        'Put <script src="https://<your proxy>/widget.js" data-shop="…" defer></script> into the page. Where a tag manager adds it, say --proxy and --shop.',
      );
    return;
  }
  const type = tag.attributes.get('type')?.toLowerCase() ?? '';
  if (tags.length > 1)
    yield warn('tag', `The tag is in the page ${tags.length} times.`, 'Leave one: the first counts.');
  else if (!tag.attributes.has('src') || !SCRIPT_TYPES.has(type)) {
    const how =
      type === 'module'
        ? 'it is a module, which cannot say where it came from'
        : 'something on the site has changed it, so that it runs late or never';
    yield fail(
      'tag',
      `The tag is in the page, but ${how}.`,
      'Write it as <script src=… defer> and add data-no-optimize="1" data-cfasync="false"; take it out of what optimises scripts.',
    );
  } else yield ok('tag', `The tag loads ${tag.src.href}.`);
  if (shop === null)
    yield fail(
      'shop',
      'The tag does not say which shop it is for.',
      'Add data-shop="<slug>"; npm run check lists the slugs.',
    );
}

interface Placed {
  page: URL;
  proxy: URL;
  tag: WidgetTag | undefined;
}

function* policyFindings(policies: readonly ContentPolicy[], { page, proxy, tag }: Placed): Generator<Finding> {
  if (policies.length === 0) {
    yield ok('csp', 'The page has no Content-Security-Policy.');
    return;
  }
  const panel = { url: new URL('/widget/panel.js', tag?.src ?? proxy), page, byScript: true };
  const script = tag && {
    url: tag.src,
    page,
    nonce: tag.attributes.get('nonce'),
    integrity: tag.attributes.get('integrity'),
  };
  const origin = (tag?.src ?? proxy).origin;
  const needed = new Set<string>();
  for (const policy of policies) {
    const scripts = (script && forbids(policy, 'script', script)) ?? forbids(policy, 'script', panel);
    if (scripts) needed.add(`${scripts} ${origin}`);
    const requests = forbids(policy, 'connect', { url: proxy, page });
    if (requests) needed.add(`${requests.replace('default-src', 'connect-src')} ${proxy.origin}`);
  }
  if (needed.size === 0) yield ok('csp', 'The Content-Security-Policy lets the widget load and ask.');
  for (const one of needed)
    yield fail(
      'csp',
      'The Content-Security-Policy keeps the widget out.',
      `Add to it: ${one.replace('default-src', 'script-src')}`,
    );
  const pictures = policies.some((policy) => forbids(policy, 'img', { url: new URL('/products/1.jpg', page), page }));
  if (pictures)
    yield warn(
      'csp_pictures',
      'The Content-Security-Policy shows no pictures of this shop, so cards stay without.',
      `Add to it: img-src ${page.origin}, or wherever the pictures of your products are.`,
    );
  for (const policy of policies) {
    if (!policy.has('require-trusted-types-for')) continue;
    const names = policy.get('trusted-types');
    if (names && !names.includes('*') && !names.includes('lit-html')) {
      yield fail(
        'trusted_types',
        'The page allows named Trusted Types only, and not the one of the widget.',
        'Add to the policy: trusted-types lit-html',
      );
    } else yield ok('trusted_types', 'Trusted Types let the widget draw.');
  }
}

async function integrityFinding(
  { attributes, src }: WidgetTag,
  outbound: Outbound,
  signal: AbortSignal,
): Promise<Finding> {
  const fix =
    'Pin a version, /v1.2.3/widget.js, and take its tag from the desk or from npm run build. /widget.js moves with the proxy.';
  try {
    const answer = await outbound.request(src.href, { signal, maxBytes: MAX_SCRIPT, timeoutMs: TIMEOUT_MS });
    if (answer.status !== 200) return fail('integrity', `${src.href} answers ${answer.status}.`, fix);
    const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest('base64');
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const isSame = attributes
      .get('integrity')!
      .split(/\s+/)
      .some((one) => {
        const [, algorithm, said] = /^(sha256|sha384|sha512)-([^?]+)/.exec(one) ?? [];
        return algorithm !== undefined && hash(algorithm) === said;
      });
    if (!isSame) return fail('integrity', 'The hash in the tag is not that of the script: browsers refuse it.', fix);
    if (!attributes.has('crossorigin'))
      return fail(
        'integrity',
        'A hash without crossorigin is never checked: browsers refuse the script.',
        'Add crossorigin="anonymous" to the tag.',
      );
    return ok('integrity', 'The hash in the tag is that of the script.');
  } catch (error) {
    signal.throwIfAborted();
    return fail('integrity', (error as Error).message, fix);
  }
}
