import { html, nothing } from 'lit';
import type { SettingsState } from '../../proxy/protocol/admin/index.ts';
import '../../widget/components/prose.ts';
import '../components/cite.ts';
import { segments } from '../components/segments.ts';
import { count, dollars, duration } from '../format.ts';
import { Loader } from '../loader.ts';
import { playgroundStyles } from '../playground/playground.styles.ts';
import { Side, type Told, type ToldPart } from '../playground/side.ts';
import { chosenOf } from '../route.ts';
import { segmentStyles } from '../styles/segments.ts';
import { DeskView } from '../view.ts';
import { webUrl } from '../web-url.ts';

const WHOM = [
  ['both', 'Draft and live'],
  ['draft', 'Draft'],
  ['live', 'Live'],
] as const;
const TITLES = { draft: 'Draft', live: 'Live: what shoppers get' };

/** @summary A place to talk to the draft of the settings beside what is served: the same question to both. */
export class DeskPlayground extends DeskView {
  static override properties = { ...DeskView.properties, text: { state: true } };
  static override styles = [...DeskView.styles, segmentStyles, playgroundStyles];
  readonly #settings = new Loader<SettingsState>(this, (words) => this.context.say(words));
  readonly #sides = {
    draft: new Side('draft', () => this.requestUpdate()),
    live: new Side('live', () => this.requestUpdate()),
  };
  #shop = '';
  declare text: string;

  constructor() {
    super();
    this.text = '';
  }

  /** A question half typed, and answers that were paid for. */
  override get begun(): boolean {
    return this.text.trim() !== '' || Object.values(this.#sides).some(({ told }) => told.length > 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sides.draft.stop();
    this.#sides.live.stop();
  }

  override willUpdate(): void {
    const { shop } = this;
    if (shop !== this.#shop) for (const side of Object.values(this.#sides)) side.forget();
    this.#shop = shop;
    this.#settings.ask(['settings', shop], (signal) => this.api.ask('/settings', { query: { shop }, signal }), {
      fresh: true,
    });
  }

  override render() {
    return this.#settings.render((settings) => this.#page(settings));
  }

  #page({ draft }: SettingsState) {
    const asked = this.#asked(draft !== null);
    const isEmpty = asked.every(({ told }) => told.length === 0);
    const isBusy = asked.some(({ busy }) => busy);
    return html`<div class="stack">
      <div class="row spread">
        ${
          draft
            ? segments({
                legend: 'Whom to ask',
                name: 'whom',
                choices: WHOM,
                chosen: this.#whom,
                choose: (whom) => this.refine({ whom: whom === 'both' ? null : whom }),
              })
            : html`<p class="muted">
              There is no draft, so you talk to what shoppers get. <a href=${this.href('settings')}>Change something in the settings</a>
              and both answer side by side.
            </p>`
        }
        <button class="button" ?hidden=${isEmpty} @click=${this.#anew}>Begin anew</button>
      </div>
      <div class="sides">${asked.map((side) => this.#side(side))}</div>
    </div>
    <form @submit=${this.#ask}>
      <label>
        <span class="unseen">Question</span>
        <textarea
          class="field"
          name="q"
          dir="auto"
          rows="1"
          maxlength="4000"
          placeholder="Ask what a shopper would ask"
          .value=${this.text}
          @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}
          @keydown=${this.#onKeydown}
        ></textarea>
      </label>
      ${
        isBusy
          ? html`<button class="button" type="button" @click=${() => asked.forEach((side) => side.stop())}>Stop</button>`
          : html`<button class="button main">Ask${asked.length > 1 ? ' both' : ''}</button>`
      }
    </form>
    <p class="hint">
      Your own questions are in no statistics. What they cost is taken from the shop's budget, and marked as yours under Usage, by purpose.
    </p>`;
  }

  get #whom(): string {
    return chosenOf(this.context.route, 'whom', WHOM);
  }

  #asked(hasDraft: boolean): Side[] {
    const { draft, live } = this.#sides;
    if (!hasDraft || this.#whom === 'live') return [live];
    return this.#whom === 'draft' ? [draft] : [draft, live];
  }

  #side({ against, told, busy }: Side) {
    return html`<section class="sheet" data-against=${against} aria-label=${TITLES[against]} aria-busy=${String(busy)}>
      <h2>${TITLES[against]}</h2>
      ${told.length === 0 ? html`<p class="muted">Its answers will stand here, with what each cost and how long it took.</p>` : told.map(answer)}
    </section>`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const question = this.text.trim();
    const asked = this.#asked(Boolean(this.#settings.value?.draft));
    if (question === '' || asked.some(({ busy }) => busy)) return;
    this.text = '';
    this.context.say('Asked.');
    const heard = await Promise.all(asked.map((side) => side.ask(this.api, this.shop, question)));
    // Nobody has taken it: it needn't be typed again.
    if (!heard.includes(true) && this.text === '') this.text = question;
    if (this.isConnected)
      this.context.say(
        heard.includes(false) ? 'There is no answer.' : asked.length > 1 ? 'Both have answered.' : 'It has answered.',
      );
  };

  readonly #anew = (): void => {
    for (const side of Object.values(this.#sides)) side.forget();
    this.renderRoot.querySelector('textarea')?.focus();
  };
}

function answer({ question, parts, doing, problem, isOver, ...rest }: Told) {
  return html`<article>
    <p class="question" dir="auto">${question}</p>
    ${parts.map((part) => told(part, isOver))} ${doing ? html`<p class="muted small">${doing}…</p>` : nothing}
    ${problem ? html`<p class="alert" role="alert">${problem}</p>` : nothing} ${isOver && rest.isTaken ? figures(rest) : nothing}
  </article>`;
}

function told(part: ToldPart, isOver: boolean) {
  if (part.type === 'text')
    return html`<shopclerk-prose .streaming=${!isOver} .text=${part.content}></shopclerk-prose>`;
  if (part.type === 'aside') return html`<p class="muted small" dir="auto">${part.words}</p>`;
  return html`<ul class="cards">
    ${part.data.map(({ title, images: [image] }) => {
      const src = image && webUrl(image.url);
      return html`<li>
        ${src ? html`<img src=${src} alt="" loading="lazy" />` : nothing}
        <bdi>${title}</bdi>
      </li>`;
    })}
  </ul>`;
}

function figures({ cost, firstWordMs, tookMs }: Pick<Told, 'cost' | 'firstWordMs' | 'tookMs'>) {
  return html`<p class="figures">
    ${
      cost
        ? html`<span><b>${cost.unpriced_calls > 0 ? 'Price unknown' : dollars(cost.cost_micro_usd)}</b></span>
          <span>${count(cost.input_tokens)} tokens in, ${count(cost.output_tokens)} out</span>`
        : html`<span>Cost is being counted</span>`
    }
    <span>first word ${duration(firstWordMs)}</span>
    <span>in all <b>${duration(tookMs)}</b></span>
    ${cost && cost.models.length > 0 ? html`<span>${cost.models.join(', ')}</span>` : nothing}
  </p>`;
}

customElements.define('desk-playground', DeskPlayground);
