import { html, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { formatMoney } from '../i18n/money.ts';
import { canBeBought } from './can-be-bought.ts';

/** What a card of an old conversation said that is different today. */
export function changes({ then, ...now }: Product, strings: Strings, locale: string): TemplateResult[] {
  if (!then) return [];
  const { was, soldOutSince, backInStock } = laterStrings(strings);
  const sold = then.availability && canBeBought({ availability: then.availability });
  const can = canBeBought(now);
  const notes = [
    then.price ? was(formatMoney(then.price.min, locale)) : '',
    sold && !can ? soldOutSince : '',
    sold === false && can ? backInStock : '',
  ].filter(Boolean);
  return notes.map((note) => html`<span class="then" part="card-then">${note}</span>`);
}
