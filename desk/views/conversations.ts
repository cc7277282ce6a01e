import { css, html, nothing } from 'lit';
import type { ConversationFilter, ConversationItem, ConversationPage } from '../../proxy/protocol/admin/index.ts';
import '../components/empty.ts';
import { segments } from '../components/segments.ts';
import { formValues } from '../form.ts';
import { count, counted, dollars, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { Pager } from '../pager.ts';
import { chosenOf, type Choices } from '../route.ts';
import { segmentStyles } from '../styles/segments.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

const PAGE = 30;
/** As many characters as a search takes. */
const MAX_WORDS = 100;
const FILTERS: Choices<ConversationFilter | ''> = [
  ['', 'All'],
  ['rating', 'Rated'],
  ['error', 'Errors'],
  ['handoff', 'Hand-offs'],
  ['no_result', 'No result'],
  ['wrong', 'Marked wrong'],
];

/** @summary What shoppers talked about, to search and filter. */
export class DeskConversations extends DeskView {
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    segmentStyles,
    css`
      form {
        display: flex;
        gap: 8px;
        flex: 1 1 330px;
        max-width: 420px;
      }
      td.long a {
        font-weight: 550;
        text-decoration: none;
      }
      td.long a:hover {
        text-decoration: underline;
      }
      .snippet {
        display: block;
        font-size: 13px;
        color: var(--_muted);
      }
      .tags {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }
    `,
  ];
  readonly #loader = new Loader<ConversationPage>(this, (words) => this.context.say(words));
  readonly #pager = new Pager(this);

  get #query() {
    const { range, route } = this.context;
    return {
      shop: this.shop,
      ...range,
      q: route.query.get('q')?.slice(0, MAX_WORDS),
      filter: chosenOf(route, 'filter', FILTERS),
      limit: PAGE,
    };
  }

  /** Words that nobody has searched for yet. */
  override get begun(): boolean {
    const typed = this.renderRoot.querySelector<HTMLInputElement>('input[name=q]')?.value.trim() ?? '';
    return typed !== (this.#query.q ?? '');
  }

  override willUpdate(): void {
    const query = this.#query;
    this.#loader.ask(['conversations', query], async (signal) => {
      const page = await this.api.ask<ConversationPage>('/conversations', { query, signal });
      this.context.say(`${counted(page.conversations.length, 'conversation')}${page.next_cursor ? ', and more' : ''}.`);
      return page;
    });
  }

  override render() {
    const { q, filter } = this.#query;
    return html`<div class="stack">
      <div class="row">
        <form role="search" @submit=${this.#search}>
          <input
            class="field"
            type="search"
            name="q"
            maxlength=${MAX_WORDS}
            placeholder="Search in all that was said"
            aria-label="Search conversations"
            dir="auto"
            .value=${q ?? ''}
          />
          <button class="button">Search</button>
        </form>
        ${segments({
          legend: 'Show',
          name: 'filter',
          choices: FILTERS,
          chosen: filter,
          choose: (value) => this.refine({ filter: value }),
        })}
      </div>
      ${this.#loader.render((page) => this.#list(page), { lines: 12 })}
    </div>`;
  }

  #list({ conversations, next_cursor: cursor, looked_back_to: back }: ConversationPage) {
    const { q, filter } = this.#query;
    if (conversations.length === 0 && cursor === null) return this.#nothing();
    return html`<div class="table stacks" tabindex="0" role="region" aria-label="Conversations">
        <table>
          <thead>
            <tr>
              <th scope="col">Conversation</th>
              <th scope="col">What happened</th>
              <th scope="col" class="number">Questions</th>
              <th scope="col" class="number">Cost</th>
              <th scope="col" class="number">Last message</th>
            </tr>
          </thead>
          <tbody>
            ${conversations.map((one) => this.#row(one))}
          </tbody>
        </table>
      </div>
      <p class="row">
        ${
          cursor === null
            ? html`<span class="muted small">${counted(conversations.length, 'conversation')}, and that is all.</span>`
            : html`<button class="button" aria-disabled=${String(this.#pager.pending)} @click=${() => this.#more(cursor)}>
                ${q ? 'Search further back' : 'Show more'}
              </button>
              <span class="muted small"
                >${counted(conversations.length, 'conversation')} so far${
                  (q || filter) && back ? html`; looked back to ${when(back)}` : nothing
                }</span
              >`
        }
        ${this.#pager.problem ? html`<span class="alert small" role="alert">${this.#pager.problem}</span>` : nothing}
      </p>`;
  }

  #nothing() {
    const { q, filter } = this.#query;
    if (!q && !filter) {
      return html`<desk-empty heading="No conversations in these days">
        Choose more days above. Every conversation of a shopper is kept here as soon as it begins.
      </desk-empty>`;
    }
    return html`<desk-empty heading="No conversation fits">
      Try other words or more days, or
      <a href=${this.href('conversations')}>show all of these days</a>.
    </desk-empty>`;
  }

  #row(one: ConversationItem) {
    const { thread_id: id, title, snippet, messages, cost_micro_usd: cost, updated_at: at } = one;
    return html`<tr>
      <td class="long">
        <a href=${this.href(['conversation', id])}><bdi>${title || 'Without words'}</bdi></a>
        ${snippet ? html`<span class="snippet" dir="auto">${snippet}</span>` : nothing}
      </td>
      <td><span class="tags">${tagsOf(one)}</span></td>
      <td class="number" data-label="Questions">${count(messages)}</td>
      <td class="number" data-label="Cost">${dollars(cost)}</td>
      <td class="number">${when(at)}</td>
    </tr>`;
  }

  readonly #search = (event: SubmitEvent): void => {
    this.refine({ q: formValues(event)['q']?.trim() ?? '' });
  };

  #more(cursor: string): void {
    const query = { ...this.#query, cursor };
    void this.#pager.next(
      (signal) => this.api.ask<ConversationPage>('/conversations', { query, signal }),
      (page) => {
        const { conversations } = this.#loader.value ?? { conversations: [] };
        this.context.say(`${counted(page.conversations.length, 'more conversation', 'more conversations')}.`);
        this.#loader.replace({ ...page, conversations: [...conversations, ...page.conversations] });
      },
    );
  }
}

function tagsOf({ ups, downs, errors, hand_offs: handOffs, no_results: noResults, wrong }: ConversationItem) {
  const tag = (tone: string, words: string) => html`<span class="tag ${tone}">${words}</span>`;
  return [
    wrong > 0 ? tag('bad', counted(wrong, 'answer wrong', 'answers wrong')) : nothing,
    errors > 0 ? tag('bad', counted(errors, 'error')) : nothing,
    downs > 0 ? tag('bad', counted(downs, 'bad rating')) : nothing,
    ups > 0 ? tag('good', counted(ups, 'good rating')) : nothing,
    handOffs > 0 ? tag('', counted(handOffs, 'hand-off')) : nothing,
    noResults > 0 ? tag('', `${count(noResults)} without a result`) : nothing,
  ];
}
customElements.define('desk-conversations', DeskConversations);
