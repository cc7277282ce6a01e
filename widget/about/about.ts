import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { CartSummary, PageContext, ShopSettings } from '../../proxy/protocol/index.ts';
import { closeIcon } from '../components/icons.ts';
import { ActIntent, AnnounceIntent } from '../components/intents.ts';
import { deskOf } from '../controllers/cart-wiring.ts';
import { definePiece, Piece } from '../components/piece.ts';
import { aboutStrings } from '../i18n/en-about.ts';
import type { Strings } from '../i18n/index.ts';
import type { ChatState } from '../state/state.ts';
import { aboutStyles } from './about.styles.ts';
import { givenCart, readPage } from './page-context.ts';

/** A question doesn't wait longer for what is in the cart. */
const CART_MS = 1500;

/** What it stands in: `<shop-clerk>`. */
interface Host extends HTMLElement {
  readonly state: ChatState;
  /** What the shop's script says of its page. */
  readonly context?: unknown;
}

let sheet: CSSStyleSheet | undefined;

/** Says above the composer which product of the page goes along with a question. The shopper can leave it out. */
export class About extends Piece {
  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
    shop: { attribute: false },
    page: { state: true },
    leftOut: { state: true },
  };

  declare strings: Strings;
  declare shop: ShopSettings;
  declare protected page: Omit<PageContext, 'cart'>;
  /** Address of the page that shall not go along. */
  declare protected leftOut: string;
  #life = new AbortController();

  constructor() {
    super();
    this.page = {};
    this.leftOut = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#life = new AbortController();
    const root = this.getRootNode() as ShadowRoot;
    sheet ??= new CSSStyleSheet();
    sheet.replaceSync(aboutStyles);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    const { signal } = this.#life;
    const look = (): void => this.#look();
    // Shops change their page without loading another.
    root.host.addEventListener('shopclerk-open', look, { signal });
    root.addEventListener('focusin', look, { signal });
    addEventListener('popstate', look, { signal });
    this.#look();
    const context = (): Promise<PageContext | undefined> => this.#context();
    this.dispatchEvent(new ActIntent((chat) => (chat.context = context)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life.abort();
  }

  get #host(): Host {
    return (this.getRootNode() as ShadowRoot).host as Host;
  }

  /**
   * Of any other page there is nothing to say that helps, and a question without it may be answered from the proxy's cache.
   */
  get #name(): string | undefined {
    const { products: [product] = [], title } = this.page;
    return product?.name ?? (this.#host.context ? title : undefined);
  }

  get #isLeftOut(): boolean {
    return this.leftOut === (this.page.url ?? location.href);
  }

  #look(): void {
    const page = readPage(this.#host.context);
    if (JSON.stringify(page) !== JSON.stringify(this.page)) this.page = page;
  }

  /** What is sent: the page as it is at this moment. */
  async #context(): Promise<PageContext | undefined> {
    if (!this.isConnected) return undefined;
    this.#look();
    if (!this.#name || this.#isLeftOut) return undefined;
    const cart = givenCart(this.#host.context) ?? (await this.#cart());
    return { ...this.page, ...(cart && { cart }) };
  }

  async #cart(): Promise<CartSummary | null> {
    if (this.shop.cart === 'none') return null;
    const signal = AbortSignal.any([this.#life.signal, AbortSignal.timeout(CART_MS)]);
    const late = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
    return Promise.race([this.#lookIntoCart(signal), late]);
  }

  async #lookIntoCart(signal: AbortSignal): Promise<CartSummary | null> {
    const host = this.#host;
    const desk = deskOf(host, () => ({ shop: this.shop.slug, threadId: host.state.threadId }));
    const outcome = await desk.look(signal);
    return outcome.ok ? (outcome.cart ?? null) : null;
  }

  #leave(): void {
    this.leftOut = this.page.url ?? location.href;
    this.dispatchEvent(new AnnounceIntent(aboutStrings(this.strings).leftOut));
    this.parentElement!.querySelector('shopclerk-composer')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const name = this.#name;
    if (!name || this.#isLeftOut) return nothing;
    const { about, leaveOut } = aboutStrings(this.strings);
    return html`<div class="about" part="about">
      <p>${about} <bdi>${name}</bdi></p>
      <button aria-label=${leaveOut(name)} title=${leaveOut(name)} @click=${() => this.#leave()}>${closeIcon}</button>
    </div>`;
  }
}

definePiece('shopclerk-about', About);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-about': About;
  }
}
