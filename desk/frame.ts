import { html, nothing } from 'lit';
import type { DeskSession, DeskShop } from '../proxy/protocol/admin/index.ts';
import { icon } from './components/icon.ts';
import './components/range-picker.ts';
import type { RangeChosenEvent } from './components/range-picker.ts';
import { rail } from './rail.ts';
import { rangeName } from './range.ts';
import type { Route } from './route.ts';
import { shopPicker } from './shop-picker.ts';
import type { ViewEntry } from './views/index.ts';

interface FrameOptions {
  route: Route;
  session: DeskSession;
  /** Undefined where the address leads nowhere. */
  entry: ViewEntry | undefined;
  title: string;
  shops: readonly DeskShop[];
  shop: DeskShop | null;
  /** Is there, and isn't seen. */
  hidden: boolean;
  main: unknown;
  refine: (query: Record<string, string>) => void;
  skip: () => void;
  logOut: () => void;
}

/** What stands around every view: the rail, the title, the shop and the days that are looked at. */
export function frame({ route, session, entry, title, shops, shop, hidden, main, refine, skip, logOut }: FrameOptions) {
  return html`<div class="frame" ?hidden=${hidden}>
    ${rail({ route, session, logOut, skip })}
    <div class="page">
      <header>
        <button class="button menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
        <h1 tabindex="-1">${title}</h1>
        ${entry && !entry.anyShop ? shopPicker(shops, shop, (slug) => refine({ shop: slug })) : nothing}
        ${
          entry?.ranged
            ? html`<desk-range-picker
              .value=${rangeName(route.query.get('range'))}
              @range-chosen=${(event: RangeChosenEvent) => refine({ range: event.range })}
            ></desk-range-picker>`
            : nothing
        }
      </header>
      <main>${main}</main>
    </div>
  </div>`;
}
