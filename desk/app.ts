import { html, LitElement, nothing } from 'lit';
import type { DeskSession, DeskShop, DeskShops } from '../proxy/protocol/admin/index.ts';
import { Api, DeskError } from './api.ts';
import { appStyles } from './app.styles.ts';
import './components/failure.ts';
import './components/range-picker.ts';
import type { RangeChosenEvent } from './components/range-picker.ts';
import './components/skeleton.ts';
import { icon } from './components/icon.ts';
import { FrameFocus } from './frame-focus.ts';
import './login.ts';
import { rail } from './rail.ts';
import { rangeOf, USUAL_RANGE } from './range.ts';
import { hrefTo, hrefWith, parseRoute, type Route } from './route.ts';
import { shopPicker } from './shop-picker.ts';
import { base } from './styles/base.ts';
import { deskTokens } from './styles/tokens.ts';
import type { DeskContext, DeskView } from './view.ts';
import { VIEWS, type ViewEntry } from './views/index.ts';

type State = { at: 'starting' } | { at: 'failed'; error: unknown } | { at: 'out' } | { at: 'in'; session: DeskSession };

const TITLE = 'Shop Clerk';
const HOME = 'overview';
const NOT_KEPT = new DeskError('Your browser did not keep the login. Open the desk by https, and allow its cookie.', {
  code: 'unauthorized',
  status: 401,
});

/** @summary The owner's desk: who is in, the rail, what is looked at, and the view that the address names. */
export class DeskApp extends LitElement {
  static override properties = { state: { state: true }, route: { state: true }, said: { state: true } };
  static override styles = [...deskTokens, base, appStyles];

  readonly #api = new Api({ onLoggedOut: () => this.#leave() });
  readonly #focus = new FrameFocus(this);
  #shops: DeskShop[] = [];
  #view: DeskView | null = null;
  #viewError: unknown;
  #shownPath = '';
  declare state: State;
  declare route: Route;
  declare said: string;

  constructor() {
    super();
    this.state = { at: 'starting' };
    this.route = parseRoute(location.hash);
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
    addEventListener('beforeunload', this.#holdBack);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
    removeEventListener('beforeunload', this.#holdBack);
  }

  /** @param isLoggedIn a moment ago: whoever isn't known now has a browser that keeps no cookie */
  async #start({ isLoggedIn = false } = {}): Promise<void> {
    this.state = { at: 'starting' };
    try {
      await this.#enter(await this.#api.ask<DeskSession>('/session'));
    } catch (error) {
      const isOut = error instanceof DeskError && error.status === 401;
      this.state = isOut && !isLoggedIn ? { at: 'out' } : { at: 'failed', error: isOut ? NOT_KEPT : error };
    }
  }

  async #enter(session: DeskSession): Promise<void> {
    this.#api.csrf = session.csrf_token;
    this.#shops = (await this.#api.ask<DeskShops>('/shops')).shops;
    this.state = { at: 'in', session };
    if (!VIEWS.some(({ name }) => name === this.route.name)) location.replace(hrefTo(this.route, HOME));
    await this.#show();
  }

  /** The login is over, by itself or by its owner. */
  #leave(): void {
    this.#api.csrf = null;
    this.#view = null;
    this.#shownPath = '';
    this.state = { at: 'out' };
  }

  readonly #holdBack = (event: BeforeUnloadEvent): void => {
    if (this.#view?.unsaved) event.preventDefault();
  };

  readonly #follow = (): void => {
    const next = parseRoute(location.hash);
    const leaves = next.name !== this.route.name || next.query.get('shop') !== this.route.query.get('shop');
    // The browser's own question: it can't be missed, and every reader knows it.
    if (leaves && this.#view?.unsaved && !confirm('Leave without saving? What you have changed here will be lost.')) {
      history.replaceState(null, '', hrefWith(this.route, {}));
      return;
    }
    this.route = next;
    if (this.state.at === 'in') void this.#show();
  };

  /** The view of the address: another element for another path, the same with a new context for another query. */
  async #show(): Promise<void> {
    const entry = this.#entry;
    const path = [this.route.name, ...this.route.args].join('/');
    if (path === this.#shownPath && this.#view) {
      this.#view.context = this.#context();
      return;
    }
    const isFirst = this.#shownPath === '';
    this.#shownPath = path;
    this.#viewError = undefined;
    document.title = `${entry?.title ?? 'Not found'} · ${TITLE}`;
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
      this.#viewError = error;
      this.#shownPath = '-';
    }
    this.requestUpdate();
    if (isFirst) return;
    await this.updateComplete;
    this.#focus.heading();
  }

  get #entry(): ViewEntry | undefined {
    const { state } = this;
    const entry = VIEWS.find(({ name }) => name === this.route.name);
    return state.at === 'in' && (entry?.role ?? state.session.role) === state.session.role ? entry : undefined;
  }

  #context(): DeskContext {
    if (this.state.at !== 'in') throw new Error('Nobody is logged in.');
    const wanted = this.route.query.get('shop');
    return {
      api: this.#api,
      session: this.state.session,
      shops: this.#shops,
      shop: this.#shops.find(({ slug }) => slug === wanted) ?? this.#shops[0] ?? null,
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
    const { state, route } = this;
    if (state.at === 'starting') return html`<main class="alone"><desk-skeleton></desk-skeleton></main>`;
    if (state.at === 'failed') {
      return html`<main class="alone">
        <h1>The desk can't be opened now</h1>
        <desk-failure .error=${state.error} @again=${() => this.#start()}></desk-failure>
      </main>`;
    }
    if (state.at === 'in') return this.#frame(state.session);
    const invitation = route.name === 'invitation' ? (route.args[0] ?? '') : '';
    return html`<desk-login
      .api=${this.#api}
      .invitation=${invitation}
      @logged-in=${() => void this.#start({ isLoggedIn: true })}
    ></desk-login>`;
  }

  #frame(session: DeskSession) {
    const entry = this.#entry;
    return html`<div class="frame">
        ${rail({ route: this.route, session, logOut: () => void this.#logOut(), skip: this.#focus.skip })}
        <div class="page">
          <header>
            <button class="button menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
            <h1 tabindex="-1">${entry?.title ?? 'There is nothing here'}</h1>
            ${
              entry && !entry.anyShop
                ? shopPicker(this.#shops, this.#context().shop, (shop) => this.#refine({ shop }))
                : nothing
            }
            ${
              entry?.ranged
                ? html`<desk-range-picker
                  .value=${this.route.query.get('range') ?? USUAL_RANGE}
                  @range-chosen=${(event: RangeChosenEvent) => this.#refine({ range: event.range })}
                ></desk-range-picker>`
                : nothing
            }
          </header>
          <main>${this.#main(entry)}</main>
        </div>
      </div>`;
  }

  #main(entry: ViewEntry | undefined) {
    if (this.#viewError !== undefined) {
      return html`<desk-failure .error=${this.#viewError} @again=${() => void this.#show()}></desk-failure>`;
    }
    if (!entry) return html`<p>This address leads nowhere. <a href=${hrefTo(this.route, HOME)}>To the overview</a></p>`;
    if (this.#shops.length === 0 && !entry.anyShop) {
      return html`<p>No shop is set up yet. Write one into the folder of shops; docs/shops.md says how.</p>`;
    }
    return this.#view ?? html`<desk-skeleton .lines=${9}></desk-skeleton>`;
  }

  #refine(query: Record<string, string>): void {
    // What is one shop's is not another's: its conversation, its cursor.
    location.hash =
      'shop' in query && this.#entry?.within
        ? hrefTo(this.route, this.#entry.within, query)
        : hrefWith(this.route, query);
  }

  async #logOut(): Promise<void> {
    try {
      await this.#api.ask('/session', { method: 'DELETE' });
    } catch (error) {
      // Without an answer the login may still hold: better to say so than to seem logged out.
      if (!(error instanceof DeskError) || error.status !== 401) {
        this.#say('You could not be logged out. Try again.');
        return;
      }
    }
    this.#leave();
    this.#say('You are logged out.');
  }
}
customElements.define('desk-app', DeskApp);
