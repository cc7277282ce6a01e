/**
 * The round button, drawn with nothing but the DOM: it is all that a shop's page loads before anybody asks for the
 * chat. The loader draws it into the element's shadow root; the element, when it comes, finds it there and takes it
 * over, so the button never flickers and never loses the focus.
 */
import { launcherWords } from './i18n/launcher.ts';
import { languageOf } from './i18n/locale.ts';
import { accentRule } from './styles/accent.ts';
import { launcher as launcherSheet } from './styles/launcher.ts';

export interface Launcher {
  root: HTMLElement;
  /** Its `onclick` is a property on purpose: who takes the launcher over replaces what it does. */
  button: HTMLButtonElement;
  /** One short line beside the button, for what went wrong; it is announced. */
  note: HTMLElement;
}

const SPEECH = 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L8 21v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 12.5h5';

/** By createElementNS, because pages with Trusted Types refuse innerHTML. */
function svg(name: string, attribute: string, value: string): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  element.setAttribute(attribute, value);
  return element;
}

function draw(host: HTMLElement, shadow: ShadowRoot): HTMLElement {
  const language = languageOf(host);
  const { dir, open } = launcherWords(language);
  const root = document.createElement('div');
  const button = document.createElement('button');
  const custom = document.createElement('slot');
  const note = document.createElement('p');
  const icon = svg('svg', 'viewBox', '0 0 24 24');
  Object.assign(root, { className: 'launcher', lang: language, dir });
  Object.assign(button, { ariaHasPopup: 'dialog', ariaExpanded: 'false', ariaLabel: open });
  button.part.add('launcher');
  custom.name = 'launcher-icon';
  note.role = 'status';
  icon.append(svg('path', 'd', SPEECH));
  custom.append(icon);
  button.append(custom);
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
