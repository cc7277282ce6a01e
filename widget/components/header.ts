import { html, nothing, type TemplateResult } from 'lit';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import './menu-opener.ts';
import { spoken } from './start.ts';
import { closeIcon, newChatIcon, speechIcon } from './icons.ts';

export interface HeaderOptions {
  shop: ShopSettings | null;
  /** In place of the shop's name. */
  heading: string | null;
  strings: Strings;
  /** There is a conversation to do something with. */
  talk: boolean;
  onNewThread: () => void;
  /** Null where the panel stands in the page and can't be closed. */
  onClose: (() => void) | null;
}

/** Whose chat it is, that a machine answers, and the ways out. No `<header>`: in a dialog it would be a banner of the page. */
export function header({ shop, heading, strings, talk, onNewThread, onClose }: HeaderOptions): TemplateResult {
  const contact = shop?.contact !== undefined;
  const name = shop && (spoken(shop.names ?? {}, shop, strings) ?? shop.name);
  return html`<div class="header" part="header">
    <span class="initial" aria-hidden="true">${name ? [...name][0]!.toUpperCase() : speechIcon}${
      shop?.theme?.logo_url
        ? html`<img src=${shop.theme.logo_url} alt="" @error=${({ target }: Event) => (target as Element).remove()} />`
        : nothing
    }</span>
    <div class="who">
      <h2 part="title"><bdi>${heading ?? name ?? strings.assistant}</bdi></h2>
      ${shop ? html`<p>${strings.assistant}</p>` : nothing}
    </div>
    <slot name="header-actions"></slot>
    ${
      shop
        ? html`<shopclerk-menu-opener .strings=${strings} .contact=${contact} .talk=${talk}></shopclerk-menu-opener>`
        : nothing
    }
    <button
      class="round"
      part="new-chat"
      aria-label=${strings.newChat}
      title=${strings.newChat}
      @click=${onNewThread}
    >
      ${newChatIcon}
    </button>
    ${
      onClose
        ? html`<button class="round" aria-label=${strings.close} title=${strings.close} @click=${onClose}>
          ${closeIcon}
        </button>`
        : nothing
    }
  </div>`;
}

/** Said plainly as long as no real model answers. */
export function demoNote(strings: Strings): TemplateResult {
  return html`<p class="demo-note">${strings.demoModel}</p>`;
}
