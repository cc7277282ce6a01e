import { html } from 'lit';
import type { AnswerNoteRequest, Conversation, ConversationTurn } from '../../proxy/protocol/admin/index.ts';
import '../components/confirm.ts';
import { icon } from '../components/icon.ts';
import '../components/note.ts';
import type { NotedEvent } from '../components/note.ts';
import { counted, dollars, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';
import { turnOf } from './conversation-turn.ts';
import { conversationStyles } from './conversation.styles.ts';

/** @summary All that was said in a conversation, and what the proxy did for it. */
export class DeskConversation extends DeskView {
  static override styles = [...DeskView.styles, tableStyles, ...conversationStyles];
  readonly #loader = new Loader<Conversation>(this, (words) => this.context.say(words));
  #sought = '';

  get #id(): string {
    return this.context.route.args[0] ?? '';
  }

  get #path(): string {
    return `/conversations/${encodeURIComponent(this.#id)}`;
  }

  override get unsaved(): boolean {
    return [...this.renderRoot.querySelectorAll('desk-note')].some((note) => note.unsaved);
  }

  override willUpdate(): void {
    const query = { shop: this.shop };
    this.#loader.ask(['conversation', this.#id, query], async (signal) => {
      const conversation = await this.api.ask<Conversation>(this.#path, { query, signal });
      this.context.retitle(conversation.title || 'Conversation');
      return conversation;
    });
  }

  /** A link to one turn, as from a gap, leads to it. */
  override updated(): void {
    const turn = this.context.route.query.get('turn') ?? '';
    if (!this.#loader.value || turn === this.#sought) return;
    this.#sought = turn;
    const article = turn ? this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(turn)}`) : null;
    article?.scrollIntoView({ block: 'start' });
    article?.focus({ preventScroll: true });
  }

  override render() {
    return html`<div class="stack">
      <div><a class="row" href=${this.href('conversations')}>${icon('back')}All conversations</a></div>
      ${this.#loader.render((conversation) => this.#page(conversation), { lines: 14 })}
    </div>`;
  }

  #page({ title, created_at: began, turns, products, cost_micro_usd: cost }: Conversation) {
    const known = new Map(products.map((product) => [product.id, product]));
    const file = (format: string) => this.api.url(`${this.#path}/export`, { shop: this.shop, format });
    return html`<div class="stack">
        <div class="row spread head">
          <div>
            <h2><bdi>${title || 'Without words'}</bdi></h2>
            <p class="muted">${when(began)} · ${counted(turns.length, 'question')} · ${dollars(cost)}</p>
          </div>
          <div class="row">
            <a class="button" href=${file('json')} download>Export JSON</a>
            <a class="button" href=${file('csv')} download>Export CSV</a>
            <button class="button danger" @click=${this.#askToDelete}>Delete</button>
          </div>
        </div>
        ${turns.map((turn) => turnOf(turn, known, this.#note(turn)))}
      </div>
      <desk-confirm heading="Delete this conversation?" action="Delete for good" .act=${this.#delete}>
        Its messages, ratings and notes go, for the shopper too. What it cost stays in the sums. There is no way back.
      </desk-confirm>`;
  }

  #note(turn: ConversationTurn) {
    const { message_id: message, note } = turn.answer;
    if (turn.status === 'running') return null;
    return html`<desk-note
      .api=${this.api}
      .shop=${this.shop}
      .message=${message}
      .note=${note}
      @noted=${(event: NotedEvent) => this.#noted(turn, event.note)}
    ></desk-note>`;
  }

  #noted(turn: ConversationTurn, { wrong, note }: AnswerNoteRequest): void {
    const conversation = this.#loader.value;
    if (!conversation) return;
    const by = this.context.session.email ?? 'operator';
    const kept = wrong || note ? { wrong, note, by, at: new Date().toISOString() } : null;
    const changed = { ...turn, answer: { ...turn.answer, note: kept } };
    this.#loader.replace({
      ...conversation,
      turns: conversation.turns.map((one) => (one === turn ? changed : one)),
    });
    this.context.say(kept ? 'The note is kept.' : 'The note is taken back.');
  }

  readonly #askToDelete = (): void => {
    this.renderRoot.querySelector('desk-confirm')?.ask();
  };

  readonly #delete = async (): Promise<void> => {
    await this.api.ask(this.#path, { method: 'DELETE', query: { shop: this.shop } });
    this.context.say('The conversation is deleted.');
    location.replace(this.href('conversations'));
  };
}
customElements.define('desk-conversation', DeskConversation);
