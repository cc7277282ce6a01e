import { html } from 'lit';
import type { DeskShop } from '../proxy/protocol/admin/index.ts';
import { shopName } from './shop-name.ts';

/** Which shop is looked at; of one alone its name. @param choose gets the slug */
export function shopPicker(shops: readonly DeskShop[], shop: DeskShop | null, choose: (slug: string) => void) {
  if (shops.length < 2) return html`<span class="shop muted" dir="auto">${shop?.name}</span>`;
  return html`<span class="shop">
    <label for="shop">Shop</label>
    <select class="field" id="shop" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${shops.map((one) => html`<option value=${one.slug} ?selected=${one === shop}>${shopName(one, shops)}</option>`)}
    </select>
  </span>`;
}
