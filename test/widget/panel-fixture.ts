import { fixtureSync } from '@open-wc/testing';
import { html, render, type TemplateResult } from 'lit';
import { loadLanguage } from '../../widget/i18n/index.ts';
import { shopClerkSheet } from '../../widget/shop-clerk.styles.ts';
import { launcher } from '../../widget/styles/launcher.ts';

// Here and not in each test: all of them draw Hebrew somewhere.
await loadLanguage('he');

/** Draws a piece as the panel does: in a shadow root with the widget's sheets, `dir` on its ancestor. */
export async function inPanel(piece: TemplateResult, dir: 'ltr' | 'rtl' = 'ltr'): Promise<HTMLElement> {
  const host = fixtureSync<HTMLElement>(html`<div></div>`);
  const shadow = host.attachShadow({ mode: 'open' });
  const launcherSheet = new CSSStyleSheet();
  launcherSheet.replaceSync(launcher);
  shadow.adoptedStyleSheets = [launcherSheet, shopClerkSheet];
  render(
    html`<section class="panel" dir=${dir} lang=${dir === 'rtl' ? 'he' : 'en'} style="width: 400px">${piece}</section>`,
    shadow,
  );
  await settled(shadow);
  return shadow.querySelector<HTMLElement>('.panel')!;
}

/** Waits until every piece below is drawn, those that they draw included. */
export async function settled(root: ParentNode): Promise<void> {
  for (const element of root.querySelectorAll<HTMLElement & { updateComplete?: Promise<boolean> }>('*')) {
    if (element.updateComplete) {
      await element.updateComplete;
      await settled(element);
    }
  }
}

/** Compares elements here and not with chai: to print two of them, it would walk their whole trees. */
export function hasFocus(element: Element | null): boolean {
  return element !== null && (element.getRootNode() as Document | ShadowRoot).activeElement === element;
}
