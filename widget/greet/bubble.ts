import { greetWords } from '../i18n/greet.ts';
import type { Language } from '../i18n/locale.ts';
import { css } from '../styles/css.ts';
import { dontGreet } from './once.ts';

const bubbleStyles = css`
  .launcher .teaser {
    display: flex;
    align-items: start;
    max-width: 280px;
    border: 1px solid light-dark(#e6e2dc, #3c3936);
    border-radius: 16px;
    color: light-dark(#25221f, #efece7);
    background: light-dark(#fff, #1e1d1b);
    box-shadow:
      0 2px 6px #0001,
      0 8px 24px #0002;
    font-size: 15px;
    line-height: 1.4;
    animation: tease 160ms ease-out;
  }
  .launcher .teaser:empty {
    display: none;
  }
  .launcher .teaser button {
    width: auto;
    height: auto;
    border: 0;
    border-radius: 16px;
    color: inherit;
    background: none;
    box-shadow: none;
    scale: none;
    font: inherit;
    text-align: start;
  }
  .launcher .teaser .say {
    padding-block: 12px;
    padding-inline: 16px 0;
    unicode-bidi: plaintext;
  }
  .launcher .teaser .dismiss {
    flex: none;
    width: 44px;
    height: 44px;
    font-size: 20px;
    text-align: center;
  }
  .launcher .teaser button:focus-visible {
    outline: 2px solid;
    outline-offset: -3px;
  }
  .launcher .dot {
    display: none;
    position: absolute;
    z-index: 1;
    inset-block-start: 0;
    inset-inline-end: 0;
    width: 14px;
    height: 14px;
    border: 2px solid Canvas;
    border-radius: 50%;
    background: #b3261e;
    pointer-events: none;
  }
  @keyframes tease {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
  /* On a phone it would lie on the page's own words: a dot says as much. */
  @media (max-width: 480px) {
    .launcher .teaser {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      border: 0;
    }
    .launcher .teaser .dismiss {
      display: none;
    }
    .launcher .dot {
      display: block;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher .teaser {
      animation: none;
    }
  }
`;

function make<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ''): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

/** A line beside the launcher: pressed, it opens the chat. It is said politely and takes no focus. */
export function showBubble(host: HTMLElement, text: string, language: Language): void {
  const root = host.shadowRoot!;
  const launcher = root.querySelector<HTMLElement>('.launcher')!;
  const button = launcher.querySelector('button')!;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(bubbleStyles);
  root.adoptedStyleSheets.push(sheet);
  const teaser = make('div', 'teaser');
  teaser.role = 'status';
  teaser.part.add('teaser');
  const say = make('button', 'say', text);
  const dismiss = make('button', 'dismiss', '×');
  const dot = make('span', 'dot');
  dismiss.ariaLabel = greetWords(language).dismiss;
  launcher.append(teaser, dot);
  // A status has to be there before what it shall say.
  requestAnimationFrame(() => teaser.append(say, dismiss));

  function leave(): void {
    const focused = teaser.contains(root.activeElement);
    teaser.remove();
    dot.remove();
    if (focused) button.focus();
  }
  say.onclick = () => {
    leave();
    button.click();
  };
  dismiss.onclick = () => {
    dontGreet();
    leave();
  };
  button.addEventListener('click', leave, { once: true });
  host.addEventListener('shopclerk-open', leave, { once: true });
}
