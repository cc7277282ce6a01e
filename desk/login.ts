import { css, html, LitElement, nothing } from 'lit';
import type { DeskSession } from '../proxy/protocol/admin/index.ts';
import { DeskError, wordsOf, type Api } from './api.ts';
import { formValues } from './form.ts';
import { base } from './styles/base.ts';
import { segmentStyles } from './styles/segments.ts';

export type Way = 'account' | 'token';

const TITLE = 'Log in · Shop Clerk';

/** The door: an account, the operator's token, or an invitation's first password. @fires logged-in */
export class DeskLogin extends LitElement {
  static override properties = {
    api: { attribute: false },
    invitation: {},
    notice: {},
    way: {},
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    segmentStyles,
    css`
      :host {
        min-height: 100dvh;
        display: grid;
        place-items: center;
        padding: 16px;
      }
      main {
        width: min(400px, 100%);
      }
      img {
        display: block;
        width: 44px;
        height: 44px;
        margin-block-end: 16px;
      }
      h1 {
        margin: 0 0 16px;
        font-size: 22px;
      }
      form {
        display: grid;
        gap: 14px;
        margin-block-start: 16px;
      }
      label > .field {
        margin-block-start: 4px;
        font-weight: 400;
        min-height: 42px;
      }
      .segments label {
        flex: 1;
        text-align: center;
      }
      .segments {
        display: flex;
      }
      .button {
        min-height: 42px;
      }
      p {
        margin: 0;
      }
      .notice {
        margin-block-end: 16px;
      }
    `,
  ];
  declare api: Api;
  declare invitation: string;
  /** Why one has to log in again; '' where one simply does. */
  declare notice: string;
  /** Whom it begins with. */
  declare way: Way;
  declare problem: string;
  declare busy: boolean;
  #before = '';

  constructor() {
    super();
    this.invitation = '';
    this.notice = '';
    this.way = 'account';
    this.problem = '';
    this.busy = false;
  }

  /** The page is called so as long as one has to; whatever it was before waits behind. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = document.title;
    document.title = TITLE;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (document.title === TITLE) document.title = this.#before;
  }

  /** Who is asked again was in the middle of something: the keyboard goes to the first field. */
  override firstUpdated(): void {
    if (this.notice) this.renderRoot.querySelector<HTMLInputElement>('input.field')?.focus();
  }

  override render() {
    return html`<main>
      <img src="/admin/icon.svg" alt="" />
      <div class="sheet">${this.invitation ? this.#accept() : this.#enter()}</div>
    </main>`;
  }

  #enter() {
    return html`<h1>Log in to the desk</h1>
      ${this.notice ? html`<p class="notice" role="status">${this.notice}</p>` : nothing}
      <fieldset class="segments">
        <legend class="unseen">Log in as</legend>
        ${this.#choice('account', 'Shop owner')} ${this.#choice('token', 'Operator')}
      </fieldset>
      <form @submit=${this.#submit}>
        ${
          this.way === 'token'
            ? html`<label>
              Admin token
              <input class="field" name="token" type="password" required autocomplete="current-password" />
              <span class="hint">The ADMIN_TOKEN in the environment of the proxy.</span>
            </label>`
            : html`<label>
                E-mail
                <input class="field" name="email" type="email" required autocomplete="username" />
              </label>
              <label>
                Password
                <input class="field" name="password" type="password" required autocomplete="current-password" />
                <span class="hint">Forgotten it? Your operator can invite you anew.</span>
              </label>`
        }
        ${this.#end('Log in')}
      </form>`;
  }

  #accept() {
    return html`<h1>Welcome. Choose a password</h1>
      <form @submit=${this.#submit}>
        <label>
          Password
          <input class="field" name="password" type="password" required minlength="12" autocomplete="new-password" />
          <span class="hint">12 characters at least; three or four words do well.</span>
        </label>
        ${this.#end('Save and log in')}
      </form>`;
  }

  #choice(way: Way, label: string) {
    return html`<label>
      <input type="radio" name="way" .checked=${this.way === way} @change=${() => this.#choose(way)} />
      <span>${label}</span>
    </label>`;
  }

  #choose(way: Way): void {
    this.way = way;
    this.problem = '';
  }

  #end(label: string) {
    return html`<p class="alert" role="alert">${this.problem}</p>
      <button class="button main" aria-disabled=${String(this.busy)}>${this.busy ? 'One moment…' : label}</button>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    const given = formValues(event);
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await this.api.ask<DeskSession>(this.invitation ? '/invitations/accept' : '/session', {
        method: 'POST',
        body: this.invitation ? { token: this.invitation, ...given } : given,
      });
      // A used invitation stays in no address and no history.
      if (this.invitation) history.replaceState(null, '', '#/');
      this.dispatchEvent(new Event('logged-in'));
    } catch (error) {
      this.problem = this.#wordsOf(error);
      this.renderRoot.querySelector<HTMLInputElement>('input[type=password]')?.select();
    } finally {
      this.busy = false;
    }
  };

  #wordsOf(error: unknown): string {
    if (!(error instanceof DeskError) || error.code !== 'unauthorized' || this.invitation) return wordsOf(error);
    return this.way === 'token' ? 'This is not the admin token.' : 'E-mail and password don’t go together.';
  }
}
customElements.define('desk-login', DeskLogin);
