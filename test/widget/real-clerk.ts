import { fixture } from '@open-wc/testing';
import { html } from 'lit';
import { define } from '../../widget/define.ts';
import { launcherOf } from '../../widget/launcher.ts';
import type { ShopClerk } from '../../widget/shop-clerk.ts';
import type { ChatState } from '../../widget/state/state.ts';
import { settled } from './panel-fixture.ts';

/** `<shop-clerk>` as a shop has it, over whatever stands in place of `fetch`. */
export async function realClerk(locale = 'en') {
  await define(launcherOf, locale);
  const clerk = await fixture<ShopClerk>(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
  const root = clerk.shadowRoot!;

  /** Resolves once what is drawn fulfils it. */
  async function until(holds: (state: ChatState) => boolean): Promise<void> {
    while (!holds(clerk.state)) await new Promise((resolve) => requestAnimationFrame(resolve));
    await clerk.updateComplete;
    await settled(root);
  }

  return {
    clerk,
    root,
    until,
    find: <T extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<T>(selector),
    async opened() {
      await clerk.open();
      await until(({ connection }) => connection !== 'idle' && connection !== 'loading');
    },
  };
}

/** All that the browser keeps for the page, as text. */
export function kept(): string {
  return [localStorage, sessionStorage].map((storage) => JSON.stringify(Object.entries(storage))).join(' ');
}
