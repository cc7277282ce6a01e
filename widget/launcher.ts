/**
 * The round button, drawn with nothing but the DOM: it is all that a shop's page loads before anybody asks for the
 * chat. The loader draws it into the element's shadow root; the element, when it comes, finds it there and takes it
 * over, so the button never flickers and never loses the focus.
 */
import { directionOf, labelOf, loaderLanguage } from './i18n/loader-words.ts';
import { launcher as launcherSheet } from './styles/launcher.ts';

export interface Launcher {
  root: HTMLElement;
  /** Its `onclick` is a property on purpose: who takes the launcher over replaces what it does. */
  button: HTMLButtonElement;
  /** One short line beside the button, for what went wrong; it is announced. */
  note: HTMLElement;
}

/** Node by node: pages with Trusted Types refuse innerHTML. */
function make(name: string, properties: object, ...inside: Element[]): HTMLElement {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

function draw(host: HTMLElement, shadow: ShadowRoot): HTMLElement {
  const lang = loaderLanguage(host);
  // None is no colour.
  const accent = host.getAttribute('accent')!;
  const icon = make('slot', { name: 'launcher-icon' }, make('i', {}));
  const root = make(
    'div',
    { className: 'launcher', lang, dir: directionOf(lang) },
    make('button', { part: 'launcher', ariaLabel: labelOf(lang) }, icon),
    make('p', { role: 'status' }),
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherSheet + (CSS.supports('color', accent) ? `:host{--_shop-accent:${accent}}` : ''));
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  return root;
}

/** Finds the launcher in the element's shadow root, or draws it there. */
export function launcherOf(host: HTMLElement): Launcher {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const root = shadow.querySelector<HTMLElement>('.launcher') ?? draw(host, shadow);
  const [button, note] = root.children as unknown as [HTMLButtonElement, HTMLElement];
  return { root, button, note };
}
