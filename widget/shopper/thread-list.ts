import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ThreadSummary } from '../../proxy/protocol/index.ts';
import { newChatIcon } from '../components/icons.ts';
import { ActIntent, AnnounceIntent, NewThreadIntent } from '../components/intents.ts';
import { definePiece } from '../components/piece.ts';
import { typing } from '../components/typing.ts';
import { failureOf } from '../controllers/failure-of.ts';
import type { Chat } from '../controllers/types.ts';
import { shopperStrings } from '../i18n/en-shopper.ts';
import type { Strings } from '../i18n/index.ts';
import type { ShopperStrings } from '../i18n/types.ts';
import type { Failure } from '../state/state.ts';
import { backIcon } from './icons.ts';
import { ShopperPiece } from './piece.ts';
import { threadRow, type RowOptions } from './thread-row.ts';
import { listThreads, removeThread, renameThread, selectThread } from './threads.ts';

/** So long after the last letter it is searched for, in milliseconds. */
const PAUSE_MS = 250;

/** The shopper's conversations, in place of the one that is shown. */
export class ThreadList extends ShopperPiece {
  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
    threads: { state: true },
    failure: { state: true },
    query: { state: true },
    busyWith: { state: true },
  };

  declare strings: Strings;
  /** Null while they are looked for the first time. */
  declare protected threads: readonly ThreadSummary[] | null;
  declare protected failure: Failure | null;
  /** What those on show were searched for. */
  declare protected query: string;
  /** The conversation that is being renamed, or asked about. */
  declare protected busyWith: { id: string; step: RowOptions['step'] } | null;
  #chat!: Chat;
  #life = new AbortController();
  #search = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.threads = null;
    this.failure = null;
    this.query = '';
    this.busyWith = null;
    this.addEventListener('keydown', this.#onKeydown);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = this.#life;
    const { host } = this.getRootNode() as ShadowRoot;
    host.addEventListener('shopclerk-close', () => this.remove(), { signal });
    host.addEventListener('shopclerk-response-end', () => this.requestUpdate(), { signal });
    this.dispatchEvent(new ActIntent((chat) => (this.#chat = chat)));
    void this.#load('');
    void this.#focus('.back');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#life.abort();
    this.#search.abort();
  }

  get #words(): ShopperStrings {
    return shopperStrings(this.strings);
  }

  async #focus(...selectors: string[]): Promise<void> {
    await this.updateComplete;
    for (const selector of selectors) {
      const element = this.querySelector<HTMLElement>(selector);
      if (element) return element.focus();
    }
  }

  #say(text: string): void {
    this.dispatchEvent(new AnnounceIntent(text));
  }

  /** The newest question counts: what is still on its way for an older one is let go. */
  async #load(query: string): Promise<void> {
    this.#search.abort();
    this.#search = new AbortController();
    const { signal } = this.#search;
    try {
      const threads = await listThreads(this.#chat.room, query, signal);
      if (signal.aborted) return;
      this.threads = threads;
      this.query = query.trim();
      this.failure = null;
      if (this.query) this.#say(threads.length > 0 ? this.#words.found(threads.length) : this.#words.nothingFound);
    } catch (error) {
      if (!signal.aborted) this.failure = failureOf(error, 'network');
    }
  }

  #onSearch(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(text), PAUSE_MS);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    // It closes what is innermost, and not the panel as well.
    event.preventDefault();
    event.stopPropagation();
    if (this.busyWith) this.#step(this.busyWith.id, 'nothing');
    else this.#back();
  }

  #back(): void {
    const root = this.getRootNode() as ShadowRoot;
    this.remove();
    root.querySelector<HTMLElement>('[part=menu]')?.focus();
  }

  /** Focus goes into what opens, and back to where it came from. */
  #step(id: string, step: RowOptions['step']): void {
    const row = this.#indexOf(id);
    const before = this.busyWith?.step;
    this.busyWith = step === 'nothing' ? null : { id, step };
    if (step === 'renaming') void this.#focus('li input');
    else if (step === 'asking') void this.#focus('.keep');
    else void this.#focus(`li:nth-child(${row + 1}) ${before === 'asking' ? '.remove' : '.rename'}`);
  }

  #indexOf(id: string): number {
    return this.threads!.findIndex((thread) => thread.thread_id === id);
  }

  /** What fails is said at the top, and leaves all as it was. */
  async #try(act: () => Promise<void>): Promise<void> {
    try {
      this.failure = null;
      await act();
    } catch (error) {
      if (!this.#life.signal.aborted) this.failure = failureOf(error, 'network');
    }
  }

  async #open(id: string): Promise<void> {
    await this.#try(async () => {
      await selectThread(this.#chat, id);
      const panel = this.parentElement!;
      this.remove();
      // To read it; who wants to write finds the way.
      panel.querySelector<HTMLElement>('.messages')?.focus();
    });
  }

  async #rename(id: string, title: string): Promise<void> {
    this.#step(id, 'nothing');
    await this.#try(async () => {
      const renamed = await renameThread(this.#chat.room, id, title, this.#life.signal);
      this.threads = this.threads!.map((thread) =>
        thread.thread_id === id ? { ...thread, title: renamed.title } : thread,
      );
      this.#say(this.#words.renamed);
    });
  }

  async #remove(id: string): Promise<void> {
    const row = this.#indexOf(id);
    this.#step(id, 'nothing');
    await this.#try(async () => {
      await removeThread(this.#chat, id, this.#life.signal);
      this.threads = this.threads!.filter((thread) => thread.thread_id !== id);
      this.#say(this.#words.removed);
      // The next one comes into its place; of the last one, the one before.
      await this.#focus(`li:nth-child(${row + 1}) .open`, 'li:last-child .open', '.back');
    });
  }

  #begin(): void {
    const panel = this.parentElement!;
    // Where one writes is hidden below the list, and could not take the focus.
    this.remove();
    panel.dispatchEvent(new NewThreadIntent());
  }

  #rows(): TemplateResult {
    const { threads, query, failure, strings, busyWith } = this;
    const words = this.#words;
    if (!threads)
      return failure ? html`` : html`<div class="waiting">${typing({ ...strings, typing: strings.loading })}</div>`;
    if (threads.length === 0) return html`<p class="said">${query ? words.nothingFound : words.none}</p>`;
    const { threadId, turn } = this.#chat.state;
    return html`<ul role="list" aria-label=${words.conversations}>
      ${threads.map((thread) => {
        const id = thread.thread_id;
        const current = id === threadId;
        return threadRow(thread, {
          words,
          locale: this.#chat.room.locale() ?? strings.$lang,
          current,
          running: current && turn !== null,
          step: busyWith?.id === id ? busyWith.step : 'nothing',
          onOpen: () => void this.#open(id),
          onStep: (step) => this.#step(id, step),
          onRename: (title) => void this.#rename(id, title),
          onRemove: () => void this.#remove(id),
        });
      })}
    </ul>`;
  }

  protected override render(): TemplateResult {
    const { strings, failure, threads, query } = this;
    const words = this.#words;
    const again = (intent: Event): void => {
      // Of the list, and not of the conversation.
      intent.stopPropagation();
      void this.#load(query);
    };
    return html`<div class="threads" part="threads" role="group" aria-label=${words.conversations}>
      <div class="header">
        <button class="round back" aria-label=${words.back} title=${words.back} @click=${() => this.#back()}>
          ${backIcon}
        </button>
        <h2>${words.conversations}</h2>
        <button class="round" aria-label=${strings.newChat} title=${strings.newChat} @click=${() => this.#begin()}>
          ${newChatIcon}
        </button>
      </div>
      ${
        threads && (threads.length > 0 || query)
          ? html`<form class="search" role="search" @submit=${(event: Event) => event.preventDefault()}>
            <input
              type="search"
              enterkeyhint="search"
              dir="auto"
              maxlength="100"
              aria-label=${words.search}
              placeholder=${words.search}
              @input=${({ target }: Event) => this.#onSearch((target as HTMLInputElement).value)}
            />
          </form>`
          : nothing
      }
      ${
        failure
          ? html`<div class="aside" role="alert">
            <shopclerk-failure .what=${failure} .strings=${strings} @intent-retry=${again}></shopclerk-failure>
          </div>`
          : nothing
      }
      ${this.#rows()}
    </div>`;
  }
}

definePiece('shopclerk-threads', ThreadList);

/** Over the conversation in which `piece` stands. */
export function openThreads(piece: Element, strings: Strings): void {
  const panel = piece.closest('.panel');
  if (!panel || panel.querySelector('shopclerk-threads')) return;
  const list = document.createElement('shopclerk-threads');
  list.strings = strings;
  panel.append(list);
}

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-threads': ThreadList;
  }
}
