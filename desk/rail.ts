import { html, nothing } from 'lit';
import type { DeskSession } from '../proxy/protocol/admin/index.ts';
import { icon } from './components/icon.ts';
import { hrefTo, type Route } from './route.ts';
import { VIEWS, type ViewEntry } from './views/index.ts';

interface RailOptions {
  route: Route;
  session: DeskSession;
  logOut: () => void;
  /** To the page's title. */
  skip: () => void;
}

/** All views, and who is in. On a phone a popover: the browser closes it by Escape or a tap beside it. */
export function rail({ route, session, logOut, skip }: RailOptions) {
  const seen = VIEWS.filter(({ role, within }) => within === undefined && (role ?? session.role) === session.role);
  const here = VIEWS.find(({ name }) => name === route.name);
  const link = ({ name, title, icon: drawn }: ViewEntry) => html`<li>
    <a href=${hrefTo(route, name)} aria-current=${currentOf(name, here)}>${icon(drawn)}${title}</a>
  </li>`;
  return html`<nav id="rail" popover aria-label="Desk">
    <button class="button skip" @click=${skip}>Skip to content</button>
    <div class="brand"><img src="/admin/icon.svg" alt="" />Shop Clerk</div>
    ${[...new Set(seen.map(({ group }) => group))].map(
      (group) => html`<h2 id="group-${group}">${group}</h2>
        <ul aria-labelledby="group-${group}">
          ${seen.filter((view) => view.group === group).map(link)}
        </ul>`,
    )}
    <div class="who">
      ${session.email ?? 'Operator of all shops'}
      <button class="button" @click=${logOut}>${icon('out')}Log out</button>
    </div>
  </nav>`;
}

/** The page itself, or the one that it is a part of. */
function currentOf(name: string, here: ViewEntry | undefined) {
  if (name === here?.name) return 'page';
  return name === here?.within ? 'true' : nothing;
}
