/**
 * What the script tag does: it finds or makes the element, draws its launcher, keeps what the page asks of the chat, and
 * brings the panel in when somebody means to use it. Nothing here may disturb the shop's page: what goes wrong is said at the
 * launcher and in the console, never thrown. Every page of the shop loads this: a byte here is worth a line elsewhere.
 */
import { LOAD_FAILED, loaderLanguage } from './i18n/loader-words.ts';
import { launcherOf } from './launcher.ts';
import { METHODS } from './methods.ts';

/** A method of the element, and what goes into it. */
type Command = [name: string, ...args: unknown[]];
type Host = HTMLElement & Record<string, (...args: unknown[]) => unknown>;
/** Before us, what the page put there to collect its commands; else what takes them. */
interface Page extends Partial<Pick<Window, 'requestIdleCallback'>> {
  shopclerk?: ((...asked: Command) => Promise<unknown>) & { q?: Iterable<Command> };
}

/** What can wait until somebody wants the panel: identify, set…, close, stop, registerTool, consent granted. A consent denied can't. */
const PATIENT = /^(id|set|cl|st|re|consent,[gt])/;

/** Not every browser says so. */
interface Saving {
  connection?: { saveData: boolean };
}

/**
 * @param script its `data-*` are the element's attributes
 * @param proxy where the proxy is, when the page doesn't say; absolute
 * @param warm gets the panel's bytes ready; may be called often
 * @param load defines `<shop-clerk>`, speaking this language; called again after it failed
 */
export function boot(
  script: HTMLElement,
  proxy: string,
  warm: () => unknown,
  load: (language: string) => Promise<void>,
): void {
  const page = window as Page;
  const { prefetch } = script.dataset;
  const early = page.shopclerk?.q ?? [];
  let loading: Promise<void> | undefined;
  let isReady: () => void;
  const ready = new Promise<void>((resolve) => (isReady = resolve));

  const host =
    document.querySelector<Host>('shop-clerk') ?? (document.createElement('shop-clerk') as HTMLElement as Host);
  script.dataset['proxy'] ??= proxy;
  for (const { name, value } of script.attributes) {
    // `setAttribute()` throws at names that HTML lets through, such as `data-` alone.
    const own = name.replace(/^data-/, '');
    // What HTML itself has a use for, such as `id` and `style`, is not for us.
    if (/^[a-z][a-z-]*$/.test(own) && !(own in script || host.hasAttribute(own))) host.setAttribute(own, value);
  }
  // Not into the body, which some routers swap for the next page's.
  if (!host.isConnected) document.documentElement.append(host);
  // Another script, or the element itself, was here before.
  if (host.shadowRoot) return;
  const { button, note } = launcherOf(host);

  function bring(): Promise<void> {
    if (!loading) {
      button.ariaBusy = 'true';
      note.textContent = '';
      loading = load(loaderLanguage(host))
        .then(isReady, (error: unknown) => {
          loading = undefined;
          note.textContent = LOAD_FAILED;
          throw error;
        })
        .finally(() => (button.ariaBusy = null));
    }
    return loading;
  }

  /** Resolves to what the method answers; to nothing where it can't be had. */
  async function command(name: string, ...args: unknown[]): Promise<unknown> {
    try {
      await (PATIENT.test(String([name, args])) ? ready : bring());
      return await host['do']!(name, ...args);
    } catch (error) {
      console.error('Shop Clerk:', error);
    }
  }

  button.onclick = () => command('open');
  if (prefetch !== 'off') button.onpointerenter = button.onfocus = warm;
  page.shopclerk = command;
  for (const name of METHODS.split(' ')) host[name] = (...args) => command(name, ...args);
  for (const asked of early) void command(...asked);

  document.addEventListener('click', (event) => {
    const opener = (event.target as Element).closest<HTMLElement>('[data-shopclerk-open]');
    // The element listens for itself as soon as it is there.
    if (!opener || 'opened' in host) return;
    event.preventDefault();
    void command('open', { opener, message: opener.dataset['shopclerkPrompt'] });
  });
  if (host.matches('[open],[layout=inline]')) void command('open');
  if (prefetch === 'idle' && !(navigator as Saving).connection?.saveData) page.requestIdleCallback?.(warm);
}
