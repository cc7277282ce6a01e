import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { css } from '../styles/css.ts';
import { hasSound, play } from './sound.ts';

/** More are not counted. */
const MOST = 9;

const badgeStyles = css`
  .launcher .badge {
    position: absolute;
    z-index: 1;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-width: 22px;
    height: 22px;
    padding-inline: 6px;
    box-sizing: border-box;
    border: 2px solid Canvas;
    border-radius: 11px;
    font-size: 12px;
    line-height: 18px;
    font-weight: 650;
    text-align: center;
    color: #fff;
    background: #b3261e;
    pointer-events: none;
  }
  :host([position='start']) .launcher .badge {
    inset-inline: auto -4px;
  }
`;

/** What is looked at: `<shop-clerk>`. */
export interface Attended extends HTMLElement {
  readonly opened: boolean;
  readonly layout: string;
}

const attended = new WeakSet<Attended>();

/** From now on, answers that end while nobody looks are counted at the launcher, and may sound. Again is nothing new. */
export function attend(host: Attended, words: () => Strings): void {
  if (attended.has(host)) return;
  attended.add(host);
  const launcher = host.shadowRoot!.querySelector<HTMLElement>('.launcher')!;
  const button = launcher.querySelector('button')!;
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.part.add('badge');
  badge.ariaHidden = 'true';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(badgeStyles);
  host.shadowRoot!.adoptedStyleSheets.push(sheet);
  let unread = 0;

  function show(): void {
    badge.textContent = unread > MOST ? `${MOST}+` : String(unread);
    if (unread > 0) {
      launcher.append(badge);
      // With the launcher's own name: it says what a press does, and why.
      button.ariaDescription = laterStrings(words()).unread(unread);
    } else {
      badge.remove();
      button.ariaDescription = null;
    }
  }

  host.addEventListener('shopclerk-response-end', ({ status }) => {
    if (status === 'stopped') return;
    if (hasSound() && (!host.opened || document.hidden)) play();
    if (host.opened || host.layout === 'inline') return;
    unread++;
    show();
  });
  host.addEventListener('shopclerk-open', () => {
    unread = 0;
    show();
  });
}
