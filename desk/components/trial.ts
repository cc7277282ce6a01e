import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { wordsOf, type Api } from '../api.ts';
import { formValues } from '../form.ts';
import { base } from '../styles/base.ts';

export interface TrialWords {
  heading: string;
  label: string;
  placeholder: string;
  action: string;
  /** The button while it waits. */
  busy: string;
  most: number;
}

/** A field and what it finds, for the owner to try what the assistant would be given: documents, products. */
export abstract class DeskTrial<T> extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    say: { attribute: false },
    found: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 8px;
      }
      h2 {
        margin: 0 0 8px;
      }
      label {
        flex: 1 1 260px;
      }
      label > .field {
        margin-block-start: 4px;
        font-weight: 400;
      }
    `,
  ];
  declare api: Api;
  declare shop: string;
  declare say: (words: string) => void;
  declare found: T | null;
  declare problem: string;
  declare busy: boolean;
  protected abstract readonly words: TrialWords;

  constructor() {
    super();
    this.found = null;
    this.problem = '';
    this.busy = false;
  }

  /** Something is typed or found that a login which ends meanwhile must not take along. */
  get begun(): boolean {
    const typed = this.renderRoot.querySelector<HTMLInputElement>('input')?.value.trim() ?? '';
    return typed !== '' || this.found !== null;
  }

  /** @param query with the shop and `q` */
  protected abstract find(query: { shop: string; q: string }): Promise<T>;
  /** For readers of the screen. */
  protected abstract told(found: T): string;
  protected abstract results(found: T): unknown;
  /** Between the field and what it finds. */
  protected hint(): unknown {
    return nothing;
  }

  /** What another shop has is not this one's. */
  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('shop')) return;
    this.found = null;
    this.problem = '';
  }

  override render() {
    const { heading, label, placeholder, action, busy, most } = this.words;
    return html`<section class="sheet" aria-labelledby="heading">
      <h2 id="heading">${heading}</h2>
      <form @submit=${this.#submit}>
        <label>
          ${label}
          <input class="field" name="q" type="search" required maxlength=${most} dir="auto" placeholder=${placeholder} />
        </label>
        <button class="button main" aria-disabled=${String(this.busy)}>${this.busy ? busy : action}</button>
      </form>
      ${this.hint()} ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing}
      ${this.found === null ? nothing : this.results(this.found)}
    </section>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    const { q = '' } = formValues(event);
    if (this.busy) return;
    const { shop } = this;
    this.busy = true;
    this.problem = '';
    try {
      const found = await this.find({ shop, q });
      if (shop !== this.shop) return;
      this.found = found;
      this.say(this.told(found));
    } catch (error) {
      if (shop === this.shop) this.problem = wordsOf(error);
    } finally {
      this.busy = false;
    }
  };
}
