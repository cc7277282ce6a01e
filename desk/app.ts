import { html, LitElement, nothing } from 'lit';
import type { DeskSession } from '../proxy/protocol/admin/index.ts';
import { appStyles } from './app.styles.ts';
import './components/failure.ts';
import './components/skeleton.ts';
import { Door, type DoorState } from './door.ts';
import { frame } from './frame.ts';
import { FrameFocus } from './frame-focus.ts';
import './login.ts';
import { rangeOf } from './range.ts';
import { hrefTo, hrefWith, parseRoute, type Route } from './route.ts';
import { base } from './styles/base.ts';
import { deskTokens } from './styles/tokens.ts';
import type { DeskContext, DeskView } from './view.ts';
import { VIEWS, type ViewEntry } from './views/index.ts';

const TITLE = 'Shop Clerk';
const HOME = 'overview';
const INVITATION = 'invitation';

/** @summary The owner's desk: who is in, the rail, what is looked at, and the view that the address names. */
export class DeskApp extends LitElement {
  static override properties = { route: { state: true }, said: { state: true } };
  static override styles = [...deskTokens, base, appStyles];

  readonly #door = new Door(this, {
    begun: () => this.#view?.begun ?? this.route.name === INVITATION,
    entered: () => this.#enter(),
    left: () => this.#clear(),
    held: () => this.#focus.keep(),
    say: (words) => this.#say(words),
  });
  readonly #focus = new FrameFocus(this);
  #view: DeskView | null = null;
  #viewError: unknown;
  #shownPath = '';
  /** Somebody was asked to log in, or may have lost what had the keyboard. */
  #hasLeft = false;
  declare route: Route;
  declare said: string;

  constructor() {
    super();
    this.route = parseRoute(location.hash);
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
    addEventListener('beforeunload', this.#holdBack);
    void this.#door.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
    removeEventListener('beforeunload', this.#holdBack);
  }

  async #enter(): Promise<void> {
    const { name } = this.route;
    if (name !== INVITATION && !VIEWS.some((view) => view.name === name)) location.replace(hrefTo(this.route, HOME));
    await this.#show();
  }

  async #loggedIn(): Promise<void> {
    // It has been accepted, and is good for nothing any more.
    if (this.route.name === INVITATION) {
      history.replaceState(null, '', hrefTo(this.route, HOME));
      this.route = parseRoute(location.hash);
    }
    await this.#door.loggedIn();
  }

  /** The form that had the keyboard is gone, whichever tab the login was in. */
  override updated(): void {
    const { at } = this.#door.state;
    if (at === 'starting') return;
    if (at === 'in' && this.#hasLeft) this.#focus.back();
    this.#hasLeft = at !== 'in' && at !== 'failed';
  }

  /** What was seen is gone. */
  #clear(): void {
    this.#view = null;
    this.#shownPath = '';
    this.#hasLeft = true;
  }

  readonly #holdBack = (event: BeforeUnloadEvent): void => {
    if (this.#view?.unsaved) event.preventDefault();
  };

  readonly #follow = (): void => {
    const next = parseRoute(location.hash);
    const leaves = pathOf(next) !== pathOf(this.route) || next.query.get('shop') !== this.route.query.get('shop');
    // The browser's own question: it can't be missed, and every reader knows it.
    if (leaves && this.#view?.unsaved && !confirm('Leave without saving? What you have changed here will be lost.')) {
      history.replaceState(null, '', hrefWith(this.route, {}));
      return;
    }
    this.route = next;
    if (this.#door.state.at === 'in') void this.#show();
  };

  /** The view of the address: another element for another path, the same with a new context for another query. */
  async #show(): Promise<void> {
    const entry = this.#entry;
    const path = pathOf(this.route);
    if (path === this.#shownPath && this.#view) {
      this.#view.context = this.#context();
      return;
    }
    const isFirst = this.#shownPath === '';
    this.#shownPath = path;
    this.#viewError = undefined;
    document.title = `${this.#title} · ${TITLE}`;
    this.#view = null;
    this.requestUpdate();
    try {
      await entry?.load();
      if (path !== this.#shownPath) return;
      if (entry)
        this.#view = Object.assign(document.createElement(`desk-${entry.name}`), {
          context: this.#context(),
        }) as DeskView;
    } catch (error) {
      // Of a view that somebody has left meanwhile.
      if (path !== this.#shownPath) return;
      this.#viewError = error;
      this.#shownPath = '-';
    }
    this.requestUpdate();
    if (isFirst) return;
    await this.updateComplete;
    this.#focus.heading();
  }

  get #entry(): ViewEntry | undefined {
    const role = this.#door.session?.role;
    const entry = VIEWS.find(({ name }) => name === this.route.name);
    return role && (entry?.role ?? role) === role ? entry : undefined;
  }

  get #title(): string {
    if (this.route.name === INVITATION) return 'An invitation';
    return this.#entry?.title ?? 'There is nothing here';
  }

  #context(): DeskContext {
    const { api, session, shops } = this.#door;
    if (!session) throw new Error('Nobody is logged in.');
    const wanted = this.route.query.get('shop');
    return {
      api,
      session,
      shops,
      shop: shops.find(({ slug }) => slug === wanted) ?? shops[0] ?? null,
      range: rangeOf(this.route.query.get('range'), Date.now()),
      route: this.route,
      say: (words) => this.#say(words),
      retitle: (title) => {
        document.title = `${title} · ${TITLE}`;
      },
    };
  }

  /** The same words twice are said twice. */
  #say(words: string): void {
    this.said = this.said === words ? `${words}\u00a0` : words;
  }

  override render() {
    return html`<div class="unseen" role="status" aria-live="polite">${this.said}</div>
      ${this.#body()}`;
  }

  #body() {
    const { state } = this.#door;
    if (state.at === 'starting') return html`<main class="alone"><desk-skeleton></desk-skeleton></main>`;
    if (state.at === 'failed') {
      return html`<main class="alone">
        <h1>The desk can't be opened now</h1>
        <desk-failure .error=${state.error} @again=${() => void this.#door.start()}></desk-failure>
      </main>`;
    }
    if (state.at === 'in') return this.#frame(state.session);
    if (state.at === 'held') return this.#frame(state.session, this.#login(state));
    return this.#login(state);
  }

  #login({ notice, way }: Extract<DoorState, { notice: string }>) {
    const { route } = this;
    const invitation = route.name === INVITATION ? (route.args[0] ?? '') : '';
    return html`<desk-login
      .api=${this.#door.api}
      .invitation=${invitation}
      .notice=${notice}
      .way=${way}
      @logged-in=${() => void this.#loggedIn()}
    ></desk-login>`;
  }

  /** @param login in front of the frame, which keeps its place in the page: an element that is moved begins anew */
  #frame(session: DeskSession, login: unknown = nothing) {
    const entry = this.#entry;
    return html`${login}
    ${frame({
      route: this.route,
      session,
      entry,
      title: this.#title,
      shops: this.#door.shops,
      shop: this.#context().shop,
      hidden: login !== nothing,
      main: this.#main(entry),
      refine: (query) => this.#refine(query),
      skip: this.#focus.skip,
      logOut: () => void this.#door.logOut(),
    })}`;
  }

  #main(entry: ViewEntry | undefined) {
    if (this.#viewError !== undefined) {
      return html`<desk-failure .error=${this.#viewError} @again=${() => void this.#show()}></desk-failure>`;
    }
    if (this.route.name === INVITATION) return this.#invited();
    if (!entry) return html`<p>This address leads nowhere. <a href=${hrefTo(this.route, HOME)}>To the overview</a></p>`;
    if (this.#door.shops.length === 0 && !entry.anyShop) {
      return html`<p>No shop is set up yet. Write one into the folder of shops; docs/shops.md says how.</p>`;
    }
    return this.#view ?? html`<desk-skeleton .lines=${9}></desk-skeleton>`;
  }

  /** Somebody is in already, who may be the one who has sent it. */
  #invited() {
    const { session } = this.#door;
    return html`<p>You are logged in as ${session?.email ?? 'the operator'}. An invitation is for an account of its own: log out here to accept it, or open it in another browser.</p>
      <p><button class="button" @click=${() => void this.#door.logOut()}>Log out and go on</button></p>`;
  }

  #refine(query: Record<string, string>): void {
    // What is one shop's is not another's: its conversation, its cursor.
    location.hash =
      'shop' in query && this.#entry?.within
        ? hrefTo(this.route, this.#entry.within, query)
        : hrefWith(this.route, query);
  }
}

function pathOf({ name, args }: Route): string {
  return [name, ...args].join('/');
}
customElements.define('desk-app', DeskApp);
