/** A question, its answer, and what the proxy did for it. */
import { html, nothing } from 'lit';
import type { ConversationTurn, ModelCall, SaidPart } from '../../proxy/protocol/admin/index.ts';
import { saidPart, type Products } from '../components/said-parts.ts';
import { errorWords } from '../error-words.ts';
import { clockTime, count, counted, dollars, duration, NONE, plain, when } from '../format.ts';

const GAPS = {
  no_result: 'Search without a result',
  unanswered: 'No answer in the documents',
  not_sold: 'Not in the catalogue',
};
const STATUS: Partial<Record<ConversationTurn['status'], string>> = {
  running: 'Is being answered now',
  interrupted: 'Broke off',
  length: 'Cut off at its longest',
  cancelled: 'Stopped by the shopper',
};

/** @param note the owner's own word on it */
export function turnOf(turn: ConversationTurn, products: Products, note: unknown) {
  const { question, answer, replaced } = turn;
  const { page } = question;
  return html`<article class="sheet ${replaced ? 'replaced' : ''}" id=${turn.turn_id} tabindex="-1" aria-label="Question and answer">
    <div class="said">
      <p class="question" dir="auto">${question.text}</p>
      <p class="aside page">
        ${when(turn.started_at)}${page ? html` · on <bdi>${page.title ?? page.url}</bdi>` : nothing}
      </p>
      ${replaced ? html`<p class="aside">The shopper asked anew and doesn't see this any more.</p>` : nothing}
      <div class="answer">
        ${inOrder(answer.parts).map((part) => saidPart(part, products))}
        ${
          answer.error
            ? html`<p class="failed">
              <strong>${errorWords(answer.error.code)}</strong><br /><span class="small">${answer.error.message}</span>
            </p>`
            : nothing
        }
        ${STATUS[turn.status] ? html`<p class="aside">${STATUS[turn.status]}.</p>` : nothing} ${rating(answer.feedback)} ${note}
      </div>
    </div>
    <div class="facts">${facts(turn)}</div>
    ${turn.calls.length > 0 ? calls(turn.calls) : nothing}
  </article>`;
}

/** Sources stand behind what rests on them, as in the widget; they come before it on the wire. */
function inOrder(parts: readonly SaidPart[]): SaidPart[] {
  const place = ({ type }: SaidPart) => (type === 'suggestions' ? 2 : type === 'citations' ? 1 : 0);
  return parts.toSorted((one, other) => place(one) - place(other));
}

function rating(feedback: ConversationTurn['answer']['feedback']) {
  if (!feedback) return nothing;
  const { rating, reason, comment } = feedback;
  return html`<p>
    <span class="tag ${rating === 'up' ? 'good' : 'bad'}">Rated ${rating === 'up' ? 'good' : 'bad'}</span>
    ${reason ? html`<span class="small">${plain(reason)}</span>` : nothing}
    ${comment ? html`<br /><q dir="auto">${comment}</q>` : nothing}
  </p>`;
}

function facts({ calls, steps, gaps, claims, card_additions: additions, ...turn }: ConversationTurn) {
  const line = (name: string, value: unknown) => html`<dt>${name}</dt>
    <dd>${value}</dd>`;
  const sum = (of: (call: ModelCall) => number) => calls.reduce((total, call) => total + of(call), 0);
  const models = [...new Set(calls.map(({ model }) => model))];
  const arms = [...new Set(calls.map(({ arm }) => arm).filter(Boolean))];
  return html`<h3>Behind this answer</h3>
    <dl>
      ${line('Cost', `${dollars(turn.cost_micro_usd)}${turn.unpriced ? ' and more' : ''}`)}
      ${line('First word', duration(turn.first_ms))} ${line('Whole answer', duration(turn.whole_ms))}
      ${line('Model', models.join(', ') || 'none was asked')} ${arms.length > 0 ? line('Arm', arms.join(', ')) : nothing}
      ${line('Tokens', `${count(sum((call) => call.input_tokens))} in, ${count(sum((call) => call.output_tokens))} out`)}
      ${turn.attempts > 1 ? line('Begun', `${turn.attempts} times`) : nothing}
    </dl>
    ${
      steps.length > 0
        ? html`<h3>Steps</h3>
          <ol>
            ${steps.map(
              ({ name, query, found, failed }) => html`<li>
                ${plain(name)}${query ? html` “<bdi>${query}</bdi>”` : nothing}${found === undefined ? nothing : `: ${found} found`}${
                  failed ? html` <span class="alert">failed</span>` : nothing
                }
              </li>`,
            )}
          </ol>`
        : nothing
    }
    ${
      gaps.length + claims.length > 0
        ? html`<h3>Noticed</h3>
          <ol>
            ${gaps.map(({ kind, text }) => html`<li>${GAPS[kind]}: “<bdi>${text}</bdi>”</li>`)}
            ${claims.map(({ kind, text }) => html`<li>Taken out (${plain(kind)}): “<bdi>${text}</bdi>”</li>`)}
          </ol>`
        : nothing
    }
    ${additions.length > 0 ? html`<p>${counted(additions.length, 'time')} put into the cart from a card.</p>` : nothing}`;
}

function calls(made: readonly ModelCall[]) {
  return html`<details class="calls">
    <summary>${counted(made.length, 'call')} of a model</summary>
    <div class="table free" tabindex="0" role="region" aria-label="Calls of models">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Model</th>
            <th scope="col">For</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="number">In</th>
            <th scope="col" class="number">Of it cached</th>
            <th scope="col" class="number">Out</th>
            <th scope="col" class="number">First token</th>
            <th scope="col" class="number">Took</th>
            <th scope="col" class="number">Cost</th>
          </tr>
        </thead>
        <tbody>
          ${made.map(
            (call) => html`<tr>
              <td>${clockTime(call.at)}</td>
              <td>${call.model}${call.arm ? ` (${call.arm})` : nothing}</td>
              <td>${plain(call.purpose)}</td>
              <td>
                ${call.from_cache ? 'our cache' : call.outcome}${call.retries > 0 ? `, ${counted(call.retries, 'retry', 'retries')}` : nothing}
              </td>
              <td class="number">${count(call.input_tokens)}${call.estimated ? ' ≈' : nothing}</td>
              <td class="number">${count(call.cached_tokens)}</td>
              <td class="number">${count(call.output_tokens)}</td>
              <td class="number">${duration(call.first_token_ms)}</td>
              <td class="number">${duration(call.duration_ms)}</td>
              <td class="number">${call.cost_micro_usd === null ? NONE : dollars(call.cost_micro_usd)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
