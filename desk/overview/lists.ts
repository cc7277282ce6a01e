/** What the overview says in lists: what is asked, what is missing, what sells, what fails. */
import { html, nothing } from 'lit';
import type { ConversationPage, GapPage, Overview } from '../../proxy/protocol/admin/index.ts';
import { change } from '../components/change.ts';
import { errorWords } from '../error-words.ts';
import { count, counted, share, when } from '../format.ts';
import { GAP_NAMES } from '../gap-kinds.ts';

/** Lines of a list at the most. */
export const LINES = 5;

type Href = (path: string | readonly string[], query?: Record<string, string | null>) => string;

export function asked({ conversations }: ConversationPage, href: Href) {
  if (conversations.length === 0) return html`<p class="muted">Nobody has asked anything in these days.</p>`;
  return html`<table>
    <tbody>
      ${conversations.map(
        ({ thread_id: id, title, updated_at: at }) => html`<tr>
          <td class="title"><a href=${href(['conversation', id])}><bdi>${title || 'Without words'}</bdi></a></td>
          <td class="number muted">${when(at)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export function missing({ gaps, total }: GapPage, href: Href) {
  if (gaps.length === 0) return html`<p class="muted">Nothing is open: all that shoppers asked for was found.</p>`;
  return html`<table>
      <tbody>
        ${gaps.map(
          ({ kind, text, count: times, latest: [newest] }) => html`<tr>
            <td class="title">
              <a href=${newest ? href(['conversation', newest.thread_id], { turn: newest.turn_id }) : href('gaps', { kind })}
                ><bdi>${text}</bdi></a
              >
            </td>
            <td class="muted">${GAP_NAMES[kind]}</td>
            <td class="number">${counted(times, 'time')}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${total > gaps.length ? html`<p class="hint"><a href=${href('gaps')}>All ${count(total)} gaps</a></p>` : nothing}`;
}

export function sold({ period: { products } }: Overview) {
  if (products.length === 0) {
    return html`<p class="muted">Nothing yet. Cards get a button when the widget knows your shop's cart.</p>`;
  }
  return html`<table>
    <tbody>
      ${products.slice(0, LINES).map(
        ({ product_id: id, title, additions }) => html`<tr>
          <td class="title"><bdi>${title ?? `Product ${id}, no longer sold`}</bdi></td>
          <td class="number">${counted(additions, 'time')}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export function failed({ period: { figures, errors }, before }: Overview) {
  return html`<p class="row">
      <span class="big">${share(figures.error_share)}</span>
      ${change(figures.error_share, before?.figures.error_share, { rise: 'bad', points: true })}
      <span class="aside">${counted(figures.errors, 'answer')} failed</span>
    </p>
    ${errors.length === 0 ? html`<p class="muted">Every question got its answer.</p>` : nothing}
    <table>
      <tbody>
        ${errors.slice(0, LINES).map(
          ({ code, count: times }) => html`<tr>
            <td>${errorWords(code)}</td>
            <td class="number">${counted(times, 'time')}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}
