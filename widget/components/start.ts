import { html, nothing, type TemplateResult } from 'lit';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { chips } from './chips.ts';

/** The texts in the shopper's language, else in the shop's own. */
export function spoken<T>(texts: Record<string, T>, shop: ShopSettings, strings: Strings): T | undefined {
  return texts[strings.$lang] ?? texts[shop.locale] ?? texts[shop.locale.split('-')[0]!];
}

/** Before the first question: a greeting in the shop's voice, and up to four things one could ask, if not `inert`. */
export function start(shop: ShopSettings, strings: Strings, inert: boolean): TemplateResult {
  const prompts = spoken(shop.prompts, shop, strings) ?? [];
  return html`<div class="start">
    <slot name="empty"><p class="greeting" dir="auto">${spoken(shop.greeting, shop, strings)}</p></slot>
    <p class="disclosure" part="disclosure"><slot name="disclosure">${shop.disclosure ? strings.disclosure : nothing}</slot></p>
    <div ?inert=${inert}>${chips(prompts)}</div>
  </div>`;
}
