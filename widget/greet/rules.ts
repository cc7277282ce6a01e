import type { ProactiveGreeting } from '../../proxy/protocol/index.ts';

/** What is known of the visit. */
export interface Visit {
  path: string;
  /** On this page. */
  seconds: number;
  /** For which nothing was done with a cart that holds something; null where there is none. */
  idleCart: number | null;
}

/** `*` is anything but a slash, `**` anything. */
export function matchesPath(glob: string, path: string): boolean {
  const pattern = glob
    .split(/(\*+)/)
    .map((piece) =>
      piece === '*' ? '[^/]*' : piece.startsWith('*') ? '.*' : piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${pattern}$`).test(path);
}

function isOn({ pages }: ProactiveGreeting, path: string): boolean {
  return pages === undefined || pages.some((glob) => matchesPath(glob, path));
}

/** The first greeting whose rule has come true. */
export function greetingFor(greetings: readonly ProactiveGreeting[], visit: Visit): ProactiveGreeting | undefined {
  return greetings.find(
    (greeting) =>
      isOn(greeting, visit.path) &&
      visit.seconds >= (greeting.after_s ?? 0) &&
      (greeting.idle_cart_s === undefined || (visit.idleCart !== null && visit.idleCart >= greeting.idle_cart_s)),
  );
}

/** Whether the cart has to be looked into on this page. */
export function asksForCart(greetings: readonly ProactiveGreeting[], path: string): boolean {
  return greetings.some((greeting) => greeting.idle_cart_s !== undefined && isOn(greeting, path));
}
