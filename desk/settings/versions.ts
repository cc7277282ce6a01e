import { css, html, LitElement, nothing } from 'lit';
import type {
  SettingsDifference,
  SettingsVersion,
  SettingsVersions,
  SettingsVersionWhole,
} from '../../proxy/protocol/admin/index.ts';
import type { Api } from '../api.ts';
import '../components/confirm.ts';
import '../components/empty.ts';
import { count, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { Pager } from '../pager.ts';
import { base } from '../styles/base.ts';
import { differences } from './diff.ts';
import { diffStyles } from './settings.styles.ts';

export class UndoneEvent extends Event {
  readonly version: SettingsVersion;
  constructor(version: SettingsVersion) {
    super('undone', { bubbles: true, composed: true });
    this.version = version;
  }
}

/** Version 0 is the file alone, of which there is nothing to look at. */
type Wanted = { version: number; diff: SettingsDifference[] | null };

/** @summary What was published, by whom, and the way back. @fires undone */
export class DeskVersions extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    now: { type: Number },
    say: { attribute: false },
    wanted: { state: true },
  };
  static override styles = [
    base,
    diffStyles,
    css`
      ol {
        display: grid;
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      h2 {
        margin: 0;
      }
      li p {
        margin: 2px 0 8px;
      }
    `,
  ];
  declare api: Api;
  declare shop: string;
  /** The one that is served; 0 is the file alone. */
  declare now: number;
  declare say: (words: string) => void;
  declare wanted: Wanted | null;
  readonly #loader = new Loader<SettingsVersions>(this, (words) => this.say(words));
  readonly #pager = new Pager(this);

  constructor() {
    super();
    this.now = 0;
    this.wanted = null;
  }

  override willUpdate(): void {
    const query = { shop: this.shop, limit: 20 };
    this.#loader.ask(['versions', this.shop, this.now], (signal) =>
      this.api.ask('/settings/versions', { query, signal }),
    );
  }

  override render() {
    return html`${this.#loader.render((page) => this.#list(page))}
      <desk-confirm
        heading=${this.wanted?.version === 0 ? 'Go back to the file alone?' : `Bring back version ${this.wanted?.version ?? ''}?`}
        action="Publish it again"
        .act=${this.#undo}
      >
        <p>It is published as a new version, at once. A draft that you have begun stays.</p>
        ${this.wanted?.diff ? differences(this.wanted.diff, { before: 'Now', after: 'Then' }) : nothing}
      </desk-confirm>`;
  }

  #list({ versions, next_cursor: cursor }: SettingsVersions) {
    if (versions.length === 0) {
      return html`<desk-empty heading="Nothing was published yet">
        Shoppers get what stands in the shop's file. Each time you publish, the version is kept here, with a way back.
      </desk-empty>`;
    }
    return html`<ol>
        ${versions.map((version) => this.#one(version))}
      </ol>
      <p class="row">
        ${cursor === null ? nothing : html`<button class="button" @click=${() => this.#more(cursor)}>Show older ones</button>`}
        ${
          this.now === 0
            ? nothing
            : html`<button class="button" @click=${() => void this.#ask({ version: 0, diff: null })}>Back to the file alone</button>`
        }
        ${this.#pager.problem ? html`<span class="alert small" role="alert">${this.#pager.problem}</span>` : nothing}
      </p>`;
  }

  #one({ version, at, by, note, undo_of: undoOf, diff }: SettingsVersion) {
    const isNow = version === this.now;
    return html`<li class="sheet">
      <div class="row spread">
        <h2>Version ${count(version)} ${isNow ? html`<span class="tag good">Served now</span>` : nothing}</h2>
        ${
          isNow
            ? nothing
            : html`<button class="button" aria-label="Bring it back: version ${version}" @click=${() => void this.#look(version)}>
              Bring it back
            </button>`
        }
      </div>
      <p class="muted small">
        ${when(at)} by ${by}${undoOf === null ? nothing : undoOf === 0 ? ': back to the file alone' : `: version ${undoOf} again`}
      </p>
      ${note ? html`<p dir="auto">${note}</p>` : nothing}
      <details ?open=${isNow}>
        <summary class="small">${diff.length === 1 ? '1 change' : `${count(diff.length)} changes`}</summary>
        ${differences(diff)}
      </details>
    </li>`;
  }

  #more(cursor: string): void {
    void this.#pager.next(
      (signal) =>
        this.api.ask<SettingsVersions>('/settings/versions', { query: { shop: this.shop, limit: 20, cursor }, signal }),
      (page) =>
        this.#loader.replace({ ...page, versions: [...(this.#loader.value?.versions ?? []), ...page.versions] }),
    );
  }

  async #look(version: number): Promise<void> {
    const running = this.#pager.next(
      (signal) =>
        this.api.ask<SettingsVersionWhole>(`/settings/versions/${version}`, { query: { shop: this.shop }, signal }),
      ({ against_now: diff }) => void this.#ask({ version, diff }),
    );
    await running;
  }

  async #ask(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    await this.updateComplete;
    this.renderRoot.querySelector('desk-confirm')?.ask();
  }

  readonly #undo = async (): Promise<void> => {
    const body = { version: this.wanted!.version, over: this.now };
    const query = { shop: this.shop };
    const version = await this.api.ask<SettingsVersion>('/settings/undo', { method: 'POST', query, body });
    this.dispatchEvent(new UndoneEvent(version));
  };
}
customElements.define('desk-versions', DeskVersions);
