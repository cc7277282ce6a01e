/**
 * What the script tag does: it finds or makes the element, draws its launcher, and brings the panel in when somebody
 * means to use it. Nothing here may disturb the shop's page: what goes wrong is said at the launcher and in the
 * console, never thrown.
 */
import { LOAD_FAILED } from './i18n/launcher.ts';
import { languageOf, type Language } from './i18n/locale.ts';
import { launcherOf } from './launcher.ts';
import type { ShopClerk } from './shop-clerk.ts';

export interface BootOptions {
  /** The script's `data-*` are the element's attributes. */
  script: HTMLElement;
  /** Where the proxy is, when the page doesn't say. */
  proxy: string;
  /** Gets the panel's bytes ready; may be called often. */
  warm(): void;
  /** Defines `<shop-clerk>`, speaking this language; called again after it failed. */
  load(language: Language): Promise<void>;
}

const ATTRIBUTES = ['shop', 'proxy', 'locale', 'position', 'layout', 'color-scheme', 'accent', 'transport', 'open'];
const OPENER = '[data-shopclerk-open]';

export function boot({ script, proxy, warm, load }: BootOptions): void {
  const host = document.querySelector<HTMLElement>('shop-clerk') ?? document.createElement('shop-clerk');
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`) ?? (name === 'proxy' ? proxy : null);
    if (value !== null && !host.hasAttribute(name)) host.setAttribute(name, value);
  }
  if (!host.isConnected) document.body.append(host);
  // A shadow root says that another script, or the element itself, was here before.
  if (host.shadowRoot) return;

  const { button, note } = launcherOf(host);

  async function open(opener?: HTMLElement): Promise<void> {
    if (button.ariaBusy) return;
    button.ariaBusy = 'true';
    note.textContent = '';
    try {
      await load(languageOf(host));
      await (host as ShopClerk).open({ opener, message: opener?.dataset['shopclerkPrompt'] });
    } catch (error) {
      console.error('Shop Clerk could not be loaded.', error);
      note.textContent = LOAD_FAILED;
    }
    button.ariaBusy = null;
  }

  button.onclick = () => void open();
  button.onpointerenter = button.onfocus = warm;
  document.addEventListener('click', (event) => {
    // The element listens for itself as soon as it is there.
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>(OPENER);
    if (!opener || customElements.get('shop-clerk')) return;
    event.preventDefault();
    void open(opener);
  });
  if (host.hasAttribute('open') || host.getAttribute('layout') === 'inline') void open();
}
