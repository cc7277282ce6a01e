import { css, html, LitElement, nothing } from 'lit';
import type { SettingsPreview } from '../../proxy/protocol/admin/index.ts';
import { DeskError, wordsOf, type Api } from '../api.ts';
import { segments } from '../components/segments.ts';
import type { PreviewNews, PreviewWish } from '../preview-messages.ts';
import { base } from '../styles/base.ts';
import { segmentStyles } from '../styles/segments.ts';

/** The page in the frame, in pixels: wider than what the widget takes for a phone. It is shown as small as there is room. */
const WIDTH = 520;
const HEIGHT = 760;
/** A token is asked for anew so long before its end. */
const MARGIN_MS = 60_000;

const SCHEMES = [
  ['auto', 'As set'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const DOORS = [
  ['open', 'Open'],
  ['closed', 'Closed'],
] as const;

/** @summary The real widget in a frame, with the draft's settings; it follows as the owner types. */
export class DeskPreview extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    kept: { type: Number },
    draft: { type: Boolean },
    scheme: { state: true },
    door: { state: true },
    problem: { state: true },
    src: { state: true },
  };
  static override styles = [
    base,
    segmentStyles,
    css`
      :host {
        scroll-margin-block-start: 120px;
        max-width: ${WIDTH}px;
      }
      .head {
        margin-block: 6px 8px;
        gap: 6px;
      }
      .segments span {
        padding: 3px 8px;
        font-size: 14px;
      }
      h2 {
        margin: 0;
      }
      .window {
        position: relative;
        overflow: hidden;
        aspect-ratio: ${WIDTH} / ${HEIGHT};
        width: 100%;
        max-width: ${WIDTH}px;
        border: 1px solid var(--_border);
        border-radius: 12px;
        background: var(--_surface);
      }
      iframe {
        width: ${WIDTH}px;
        height: ${HEIGHT}px;
        border: 0;
        transform-origin: 0 0;
      }
      p {
        margin: 8px 0 0;
      }
    `,
  ];
  declare api: Api;
  declare shop: string;
  /** Another number: the draft is another. */
  declare kept: number;
  /** There is one; else what is served is shown. */
  declare draft: boolean;
  declare scheme: PreviewWish['scheme'];
  declare door: 'open' | 'closed';
  declare problem: string;
  /** Of the frame, which stays the same page. */
  declare src: string;
  #token: { value: string; until: number } | null = null;
  #asking: Promise<void> = Promise.resolve();
  /** As the frame has it. */
  #toldKept = -1;
  readonly #sizes = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    this.kept = 0;
    this.draft = false;
    this.scheme = 'auto';
    this.door = 'open';
    this.problem = '';
    this.src = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#onMessage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#onMessage);
    this.#sizes.disconnect();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('draft') || changed.has('shop')) this.#token = null;
    if (!changed.has('shop')) return;
    this.#toldKept = -1;
    this.src = '';
    void this.#begin(this.shop);
  }

  /** What the frame begins with stands in its fragment, which no server's log has; all else comes by message. */
  async #begin(shop: string): Promise<void> {
    let path = `/admin/preview.html#shop=${encodeURIComponent(shop)}`;
    try {
      path += `&preview=${await this.#tokenNow()}`;
    } catch (error) {
      this.problem = wordsOf(error);
    }
    if (shop === this.shop) this.src = path;
  }

  override firstUpdated(): void {
    this.#sizes.observe(this.renderRoot.querySelector('.window')!);
  }

  override updated(changed: Map<string, unknown>): void {
    if (['kept', 'draft', 'scheme', 'door'].some((name) => changed.has(name)) && this.#toldKept >= 0) this.#wish();
  }

  override render() {
    return html`<section aria-label="Preview">
      <h2>Preview</h2>
      <div class="row head">
        ${segments({ legend: 'Colours', name: 'scheme', choices: SCHEMES, chosen: this.scheme, choose: (scheme) => (this.scheme = scheme) })}
        ${segments({ legend: 'Chat', name: 'door', choices: DOORS, chosen: this.door, choose: (door) => (this.door = door) })}
      </div>
      <div class="window"><iframe title="The assistant, on a page of the shop" src=${this.src || nothing}></iframe></div>
      ${this.problem ? html`<p class="alert small" role="alert">${this.problem}</p>` : nothing}
      <p class="hint">
        ${
          this.draft
            ? 'Your draft, as you type. You can talk to it: that is in no statistics, and is paid from the shop’s budget.'
            : 'What shoppers see now. Change something and it shows here, before anybody else sees it.'
        }
      </p>
    </section>`;
  }

  get #frame(): HTMLIFrameElement {
    return this.renderRoot.querySelector('iframe')!;
  }

  #fit(): void {
    const frame = this.#frame;
    frame.style.transform = `scale(${frame.parentElement!.clientWidth / WIDTH})`;
  }

  readonly #onMessage = ({ origin, source, data }: MessageEvent<unknown>): void => {
    if (origin !== location.origin || source !== this.#frame?.contentWindow || !isNews(data)) return;
    if (data.at === 'listening') {
      this.#toldKept = -1;
      this.#wish();
    } else if (data.at === 'failed') {
      this.problem = 'The preview could not be shown. Is the widget built, and does the proxy answer?';
    } else this.problem = '';
  };

  /** One after the other, so that the last one is what stays. */
  #wish(): void {
    this.#toldKept = Math.max(this.#toldKept, 0);
    this.#asking = this.#tell(this.#asking);
  }

  async #tell(before: Promise<void>): Promise<void> {
    await before;
    try {
      const token = await this.#tokenNow();
      const { scheme, door, kept } = this;
      const anew = kept !== this.#toldKept;
      this.#toldKept = kept;
      const wish: PreviewWish = { for: 'preview', token, scheme, open: door === 'open', anew };
      this.#frame.contentWindow?.postMessage(wish, location.origin);
    } catch (error) {
      // Somebody has published it, or thrown it away, between two looks: the settings say so.
      if (!(error instanceof DeskError && error.status === 404)) this.problem = wordsOf(error);
    }
  }

  async #tokenNow(): Promise<string> {
    if (!this.#token || this.#token.until - MARGIN_MS < Date.now()) {
      const query = { shop: this.shop };
      const given = await this.api.ask<SettingsPreview>('/settings/preview', { method: 'POST', query });
      this.#token = { value: given.token, until: Date.parse(given.expires_at) };
    }
    return this.#token.value;
  }
}

function isNews(data: unknown): data is PreviewNews {
  return typeof data === 'object' && data !== null && 'from' in data && data.from === 'preview';
}
customElements.define('desk-preview', DeskPreview);
