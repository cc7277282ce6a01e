/**
 * The round button, drawn with nothing but the DOM: it is all that a shop's page loads before anybody asks for the
 * chat. The loader draws it into the element's shadow root; the element, when it comes, finds it there and takes it
 * over, so the button never flickers and never loses the focus.
 */
import { launcherStrings } from './i18n/launcher.ts';
import { localeOf } from './i18n/locale.ts';
import { launcher as launcherSheet } from './styles/launcher.ts';

export interface Launcher {
  root: HTMLElement;
  /** Its `onclick` is a property on purpose: who takes the launcher over replaces what it does. */
  button: HTMLButtonElement;
  /** One short line beside the button, for what went wrong; it is announced. */
  note: HTMLElement;
}

const SVG = 'http://www.w3.org/2000/svg';
export const SPEECH =
  'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L8 21v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 12.5h5';

/** By createElementNS, because pages with Trusted Types refuse innerHTML. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

function draw(host: HTMLElement, shadow: ShadowRoot): HTMLElement {
  const { language } = localeOf(host);
  const words = launcherStrings[language];
  const root = document.createElement('div');
  root.className = 'launcher';
  root.lang = language;
  root.dir = words.$dir;
  const button = document.createElement('button');
  button.part.add('launcher');
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  button.ariaLabel = words.open;
  const custom = document.createElement('slot');
  custom.name = 'launcher-icon';
  custom.append(icon(SPEECH));
  button.append(custom);
  const note = document.createElement('p');
  note.role = 'status';
  root.append(button, note);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherSheet + accentRule(host.getAttribute('accent')));
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  return root;
}

/** Finds the launcher in the element's shadow root, or draws it there. */
export function launcherOf(host: HTMLElement): Launcher {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const root = shadow.querySelector<HTMLElement>('.launcher') ?? draw(host, shadow);
  return { root, button: root.querySelector('button')!, note: root.querySelector('p')! };
}

/** A rule for the first of these colours that is one: a `style` attribute would fall to a page's content policy. */
export function accentRule(...colours: (string | null | undefined)[]): string {
  const accent = colours.find((colour) => colour && CSS.supports('color', colour));
  return accent ? `:host { --_shop-accent: ${accent}; }` : '';
}
