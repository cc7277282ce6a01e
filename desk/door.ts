import type { LitElement } from 'lit';
import type { DeskSession, DeskShop, DeskShops } from '../proxy/protocol/admin/index.ts';
import { Api, DeskError, wordsOf } from './api.ts';
import type { Way } from './login.ts';
import { OtherTabs } from './other-tabs.ts';

export type DoorState =
  | { at: 'starting' }
  | { at: 'failed'; error: unknown }
  | { at: 'out'; notice: string; way: Way }
  | { at: 'in'; session: DeskSession }
  /** The login has ended in the middle of something: the view waits, unseen, for the same person. */
  | { at: 'held'; session: DeskSession; notice: string; way: Way };

export interface DoorOptions {
  /** Whether something stands there that is to be gone on with: in a view, or before a login. */
  begun: () => boolean;
  entered: () => Promise<void>;
  left: () => void;
  /** What is begun is about to be hidden. */
  held: () => void;
  /** To readers of the screen. */
  say: (words: string) => void;
}

const ENDED = 'Your login has ended. Log in again to go on where you were.';
const NOT_KEPT = new DeskError('Your browser did not keep the login. Open the desk by https, and allow its cookie.', {
  code: 'unauthorized',
  status: 401,
});

/** Who is in, from the page's start to the end of the login; with the way to the proxy that the login opens. */
export class Door {
  readonly api = new Api({ onLoggedOut: () => this.#expire(), onOtherLogin: (csrf) => this.#renew(csrf) });
  shops: readonly DeskShop[] = [];
  readonly #host: LitElement;
  readonly #tabs: OtherTabs;
  readonly #options: DoorOptions;
  #state: DoorState = { at: 'starting' };

  constructor(host: LitElement, options: DoorOptions) {
    this.#host = host;
    this.#tabs = new OtherTabs(host, () => void this.#look());
    this.#options = options;
  }

  get state(): DoorState {
    return this.#state;
  }

  /** Also while it is waited for; null where nobody is. */
  get session(): DeskSession | null {
    return 'session' in this.#state ? this.#state.session : null;
  }

  #turn(state: DoorState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  /** @param isLoggedIn a moment ago: whoever isn't known now has a browser that keeps no cookie */
  async start({ isLoggedIn = false } = {}): Promise<void> {
    this.#turn({ at: 'starting' });
    try {
      await this.#enter(await this.api.ask<DeskSession>('/session'));
    } catch (error) {
      const isOut = error instanceof DeskError && error.status === 401;
      this.#turn(
        isOut && !isLoggedIn
          ? { at: 'out', notice: '', way: 'account' }
          : { at: 'failed', error: isOut ? NOT_KEPT : error },
      );
    }
  }

  async #enter(session: DeskSession): Promise<void> {
    this.api.csrf = session.csrf_token;
    this.shops = (await this.api.ask<DeskShops>('/shops')).shops;
    this.#turn({ at: 'in', session });
    await this.#options.entered();
  }

  /** The login has ended by itself, or was ended elsewhere. */
  #expire(): void {
    if (this.#state.at !== 'in') return;
    const { session } = this.#state;
    const way = wayOf(session);
    this.#tabs.tell();
    if (!this.#options.begun()) return this.#leave(ENDED, way);
    this.api.csrf = null;
    this.#options.held();
    this.#turn({ at: 'held', session, notice: `${ENDED} What you have typed is still here.`, way });
  }

  /** Goes on with the login that another tab has opened; somebody else's doesn't get what stands here. */
  async #renew(csrf: string | null): Promise<boolean> {
    if (this.#state.at !== 'in') return false;
    const before = this.#state.session;
    // What was refused is told in any case.
    const session = await this.api.ask<DeskSession>('/session').catch(() => null);
    if (!session || session.csrf_token === csrf) return false;
    if (!isSamePerson(session, before)) this.#expire();
    else this.api.csrf = session.csrf_token;
    return isSamePerson(session, before);
  }

  /** Another tab has logged in or out: what stands here is only for whom the proxy knows now. */
  async #look(): Promise<void> {
    const before = this.#state;
    if (before.at === 'starting' || before.at === 'failed') return;
    // That nobody is in ends the login by itself, and without an answer the next request will tell.
    const session = await this.api.ask<DeskSession>('/session').catch(() => null);
    if (!session || this.#state !== before) return;
    // Whoever has an invitation open is about to become somebody else.
    if (before.at === 'out') return this.#options.begun() ? undefined : this.start();
    if (isSamePerson(session, before.session)) {
      if (before.at === 'held') return this.loggedIn();
      this.api.csrf = session.csrf_token;
    } else if (before.at === 'in' && this.#options.begun()) this.#expire();
    else if (before.at === 'in') {
      this.#leave();
      await this.start();
      this.#options.say('Somebody else has logged in in another tab: this is their desk now.');
    }
  }

  #leave(notice = '', way: Way = 'account'): void {
    this.api.csrf = null;
    this.#options.left();
    this.#turn({ at: 'out', notice, way });
  }

  /** Goes on where the same person was; anybody else begins anew, and what was held is gone. */
  async loggedIn(): Promise<void> {
    const held = this.#state;
    this.#tabs.tell();
    if (held.at !== 'held') return this.start({ isLoggedIn: true });
    try {
      const session = await this.api.ask<DeskSession>('/session');
      if (isSamePerson(session, held.session)) {
        await this.#enter(session);
        this.#options.say('You are logged in again.');
        return;
      }
    } catch (error) {
      if (!(error instanceof DeskError) || error.status !== 401) {
        this.#turn({ ...held, notice: wordsOf(error) });
        return;
      }
    }
    this.#leave();
    await this.start({ isLoggedIn: true });
  }

  async logOut(): Promise<void> {
    const { session } = this;
    try {
      await this.api.ask('/session', { method: 'DELETE' });
    } catch (error) {
      // Without an answer the login may still hold: better to say so than to seem logged out.
      if (!(error instanceof DeskError) || error.status !== 401) {
        this.#options.say('You could not be logged out. Try again.');
        return;
      }
    }
    this.#tabs.tell();
    this.#leave('You are logged out.', session ? wayOf(session) : 'account');
    this.#options.say('You are logged out.');
  }
}

function wayOf({ role }: DeskSession): Way {
  return role === 'operator' ? 'token' : 'account';
}

function isSamePerson(one: DeskSession, other: DeskSession): boolean {
  return one.email === other.email && one.role === other.role;
}
