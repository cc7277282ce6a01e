/** One Content-Security-Policy: its directives, each with what it allows. */
export type ContentPolicy = ReadonlyMap<string, readonly string[]>;

export interface Loaded {
  url: URL;
  /** Where the page is: what `'self'` means. */
  page: URL;
  nonce?: string | undefined;
  /** Of a script tag; a policy may name it. */
  integrity?: string | undefined;
  /** A script that another one loads, which `'strict-dynamic'` lets it. */
  byScript?: boolean;
}

/** @param header as it came: several policies are apart by commas, and all of them hold */
export function readPolicies(header: string): ContentPolicy[] {
  return header
    .split(',')
    .map((text) => {
      const policy = new Map<string, readonly string[]>();
      for (const directive of text.split(';')) {
        const [name = '', ...sources] = directive.trim().split(/\s+/);
        // The first of a name counts.
        if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
      }
      return policy;
    })
    .filter((policy) => policy.size > 0);
}

/** The directive that stands in the way, by the name under which it is written; undefined where nothing does. */
export function forbids(policy: ContentPolicy, kind: 'script' | 'connect' | 'img', loaded: Loaded): string | undefined {
  const names = kind === 'script' ? ['script-src-elem', 'script-src', 'default-src'] : [`${kind}-src`, 'default-src'];
  const name = names.find((one) => policy.has(one));
  if (name === undefined) return undefined;
  return allows(policy.get(name)!, kind, loaded) ? undefined : name;
}

function allows(sources: readonly string[], kind: string, loaded: Loaded): boolean {
  if (kind === 'script') {
    if (loaded.nonce !== undefined && sources.includes(`'nonce-${loaded.nonce}'`)) return true;
    const hashes = loaded.integrity?.split(/\s+/) ?? [];
    if (hashes.length > 0 && hashes.every((hash) => sources.includes(`'${hash}'`))) return true;
    if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return loaded.byScript === true;
  }
  return sources.some((source) => matches(source, loaded));
}

/** By "Does url match expression" of CSP 3. */
function matches(source: string, { url, page }: Loaded): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(url.protocol);
  if (source.toLowerCase() === "'self'") return url.origin === page.origin;
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return isScheme(source.toLowerCase(), url);
  const parts = /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[^:/?#'*]+|\[[^\]]+\])(?::(\d+|\*))?(\/.*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme, host = '', port, path] = parts;
  if (!isScheme((scheme ?? page.protocol).toLowerCase(), url)) return false;
  if (!isHost(host.toLowerCase(), url.hostname)) return false;
  const usual = url.protocol === 'https:' ? '443' : '80';
  if (port !== '*' && (port ?? usual) !== (url.port || usual) && !(port === '80' && url.port === '')) return false;
  return (
    path === undefined || path === '/' || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path)
  );
}

/** What is safer than asked for is allowed, too. */
function isScheme(scheme: string, { protocol }: URL): boolean {
  return scheme === protocol || (scheme === 'http:' && protocol === 'https:');
}

function isHost(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host;
}
