import { LitElement } from 'lit';
import type { DeskSession, DeskShop } from '../proxy/protocol/admin/index.ts';
import type { Api } from './api.ts';
import type { Range } from './range.ts';
import { hrefTo, hrefWith, type Route } from './route.ts';
import { base } from './styles/base.ts';

/** What the frame hands to a view; a new one whenever something of it changes. */
export interface DeskContext {
  api: Api;
  session: DeskSession;
  shops: readonly DeskShop[];
  /** The one that is looked at; null where there is none at all. */
  shop: DeskShop | null;
  range: Range;
  route: Route;
  /** Says it to readers of the screen, politely. */
  say: (words: string) => void;
  /** What a view is called by what it shows, for the page's title. */
  retitle: (title: string) => void;
}

/**
 * A page of the desk: one file in `views/` and one line in `views/index.ts`. The frame sets `context`; a view loads what
 * it shows with a `Loader`, and links with `href()`, so that shop and range stay.
 */
export abstract class DeskView extends LitElement {
  static override properties = { context: { attribute: false } };
  static override styles = [base];
  declare context: DeskContext;

  get api(): Api {
    return this.context.api;
  }

  /** Slug of the shop that is looked at. */
  get shop(): string {
    return this.context.shop?.slug ?? '';
  }

  /** @param query null takes a name out */
  href(path: string | readonly string[], query?: Record<string, string | null>): string {
    return hrefTo(this.context.route, path, query);
  }

  /** Goes on to the same view with another query, as after a filter was chosen. */
  refine(query: Record<string, string | null>): void {
    location.hash = hrefWith(this.context.route, query);
  }

  /** Whether leaving now would lose something; the frame asks before it goes on. */
  get unsaved(): boolean {
    return false;
  }

  /** Whether a login that ends meanwhile must not take it along: also what one would leave without being asked. */
  get begun(): boolean {
    return this.unsaved;
  }
}
