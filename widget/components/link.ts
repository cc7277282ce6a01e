import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';

export interface Link {
  href: string;
  /** Leaves the shop's site: opens beside it, so that the conversation stays. */
  external: boolean;
}

/** Where a catalogue's URL leads; null unless it is http or https. */
export function linkTo(url: string): Link | null {
  if (!URL.canParse(url, document.baseURI)) return null;
  const target = new URL(url, document.baseURI);
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return null;
  return { href: target.href, external: target.origin !== location.origin };
}

/** What a reader hears behind the name of an external link. */
export function newTabNote(link: Link, strings: Strings): TemplateResult | typeof nothing {
  return link.external ? html`<span class="unseen">${strings.newTab}</span>` : nothing;
}
