import { nothing, render, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { PageContext, PageTool } from '../proxy/protocol/index.ts';
import { agreement } from './components/agreement.ts';
import type { Composer } from './components/composer.ts';
import type { ContactView } from './components/contact.ts';
import { closeIcon } from './components/icons.ts';
import { later, loadLater, type Later } from './components/later.ts';
import { panel } from './components/panel.ts';
import type { CartDesk } from './controllers/cart-desk.ts';
import { DialogController } from './controllers/dialog-controller.ts';
import { failureOf } from './controllers/failure-of.ts';
import { createBrought } from './bring.ts';
import type { Chat } from './controllers/types.ts';
import { chatOf } from './element/chat-of.ts';
import type { Host } from './element/host.ts';
import { listen } from './element/intents.ts';
import { Language } from './element/language.ts';
import { dress, label } from './element/looks.ts';
import { News } from './element/news.ts';
import { properties } from './element/properties.ts';
import { Talk } from './element/talk.ts';
import { CloseEvent, FailureEvent, OpenEvent, ReadyEvent, type Actor, type Source } from './events.ts';
import type { OwnStrings } from './i18n/types.ts';
import type { Launcher, launcherOf } from './launcher.ts';
import type { PageFunction } from './page-tools/page-tools.ts';
import { Reactive } from './reactive.ts';
import { shopClerkSheet } from './shop-clerk.styles.ts';
import { consentNeeded, UNREACHED, type ChatState } from './state/state.ts';
import type { TransportMode } from './transport/http-transport.ts';
import { trouble } from './transport/load.ts';

/** Few pages want it. */
const pushing = createBrought(() => import('./controllers/push.ts'));

export interface OpenOptions {
  /** Sent at once. */
  message?: string | undefined;
  /** Stands where the shopper writes, to be changed or sent. */
  prefill?: string | undefined;
  /** Gets the focus back when the panel closes. */
  opener?: HTMLElement | undefined;
}

/**
 * @summary A shop's AI assistant: a launcher in the corner of the page, and the chat that it opens.
 *
 * The script tag makes one; as a module, `import 'shop-clerk'` and write the element. Shop, proxy, transport and locale
 * are read when the chat is first opened.
 *
 * @fires {ReadyEvent} shopclerk-ready - The element is there and its methods can be called.
 * @fires {OpenEvent} shopclerk-open - The panel was opened.
 * @fires {CloseEvent} shopclerk-close - The panel was closed.
 * @fires {MessageSendEvent} shopclerk-message-send - The shopper asked something.
 * @fires {ResponseStartEvent} shopclerk-response-start - The first piece of an answer has come.
 * @fires {ResponseEndEvent} shopclerk-response-end - An answer ended; `status` says how.
 * @fires {ProductsShownEvent} shopclerk-products-shown - Cards appeared; `products` has them.
 * @fires {ProductClickEvent} shopclerk-product-click - The shopper follows a card to `product`'s page.
 * @fires {AddToCartEvent} shopclerk-add-to-cart - Cancelable: `preventDefault()` and the page puts `line` into its cart; `respondWith()` says how it ends.
 * @fires {ViewCartEvent} shopclerk-view-cart - The assistant was asked what is in the cart; a page that keeps it may say so.
 * @fires {CartUpdatedEvent} shopclerk-cart-updated - The cart has changed; `cart` is what is in it, where the shop tells.
 * @fires {ThreadChangeEvent} shopclerk-thread-change - Another conversation is shown; `threadId` is its id.
 * @fires {FeedbackEvent} shopclerk-feedback - The shopper has judged an answer: `rating` is `up`, `down`, or null for taken back.
 * @fires {HandoffEvent} shopclerk-handoff - The shopper has written to the people of the shop.
 * @fires {ConsentChangeEvent} shopclerk-consent-change - `granted`: the shopper has agreed, or has taken that back.
 * @fires {ConnectionChangeEvent} shopclerk-connection-change - `connection` is `idle`, `loading`, `ready`, `reconnecting` or `failed`.
 * @fires {FailureEvent} shopclerk-error - No session, a failed answer, or a method that could not do what it was asked; `failure` has the code.
 * @fires {IdentityExpiredEvent} shopclerk-identity-expired - Call `identify()` with a fresh token, or `signOut()`.
 *
 * @tag shop-clerk
 *
 * @slot launcher-icon - In place of the launcher's icon.
 * @slot header-actions - More buttons for the header.
 * @slot empty - In place of the greeting, before the first question.
 * @slot disclosure - In place of the words on AI under the greeting.
 * @slot footer - Below where the shopper writes.
 *
 * @csspart launcher - The round button.
 * @csspart panel - The chat itself.
 * @csspart header - Its top line.
 * @csspart title - The shop's name.
 * @csspart menu - Opens the way to the shop's people and what can be done with the conversation.
 * @csspart new-chat - Begins a new conversation.
 * @csspart disclosure - The words on AI.
 * @csspart consent - What the shopper is asked to agree to.
 * @csspart chips - What one could ask, to begin with or next.
 * @csspart chip - One of them.
 * @csspart messages - The conversation.
 * @csspart message - One message.
 * @csspart user - A question of the shopper's.
 * @csspart assistant - An answer.
 * @csspart about - What of the page goes along with a question.
 * @csspart sources - What an answer rests on.
 * @csspart actions - What can be done with an answer.
 * @csspart feedback - Where the shopper says what was wrong with it.
 * @csspart threads - The conversations of before.
 * @csspart badge - How many answers are unread, at the launcher.
 * @csspart typing - The three dots.
 * @csspart reconnecting - That the line is lost for the moment.
 * @csspart tool - What the assistant does before it answers.
 * @csspart error - What went wrong, and Retry.
 * @csspart notice - What the shop's side says in the middle of an answer.
 * @csspart contact-open - Opens the form to write to the shop's people.
 * @csspart contact-form - The form.
 * @csspart contact-sent - That the message is sent.
 * @csspart carousel - Product cards.
 * @csspart card - One card.
 * @csspart card-media - Its picture.
 * @csspart card-title - Its title.
 * @csspart card-price - What it costs now.
 * @csspart card-price-old - What it cost before the sale.
 * @csspart card-stock - Whether it is there.
 * @csspart card-action - Its link.
 * @csspart card-options - What there is to choose.
 * @csspart card-then - What has changed since the card was shown.
 * @csspart comparison - Products side by side.
 * @csspart cart-act - What the assistant wants to put into the cart, or did.
 * @csspart confirm - Yes to it.
 * @csspart decline - No.
 * @csspart cart-result - It is in the cart: undo, and the way there.
 * @csspart composer - Where the shopper writes.
 * @csspart input - The text field.
 * @csspart send - Send; `stop` while an answer is written.
 * @csspart jump - Back to the latest message.
 *
 * @cssprop [--shopclerk-accent] - The brand's colour; the shop's own setting by default.
 * @cssprop [--shopclerk-on-accent] - Text on it; black or white by contrast when not set.
 * @cssprop [--shopclerk-surface] - Ground of the panel.
 * @cssprop [--shopclerk-raised] - Ground of what stands out from it.
 * @cssprop [--shopclerk-text] - Text.
 * @cssprop [--shopclerk-muted] - Less important text.
 * @cssprop [--shopclerk-border] - Lines.
 * @cssprop [--shopclerk-radius=16px] - Corners of the panel; the others follow.
 * @cssprop [--shopclerk-font=inherit] - Font family.
 * @cssprop [--shopclerk-font-size=15px] - Text size.
 * @cssprop [--shopclerk-launcher-size=56px] - Launcher.
 * @cssprop [--shopclerk-inset=20px] - Distance from the window's edges.
 * @cssprop [--shopclerk-z-index=2147483000] - Over the page, under its own dialogs if you lower it.
 * @cssprop [--shopclerk-panel-width=400px] - Panel.
 * @cssprop [--shopclerk-panel-height=680px] - Panel, where the window is high enough.
 */
export class ShopClerk extends Reactive implements Host {
  /** See define.ts. */
  static launcherOf: typeof launcherOf;

  static override properties: PropertyDeclarations = properties;

  #launcher!: Launcher;
  /** Aborted when the element leaves the page. */
  #life = new AbortController();
  /** On the page. */
  #here = false;
  /** What shall stand where the shopper writes, as soon as that is there. */
  #draft: string | number | null = null;
  /** The way into the cart, once something shall go there. */
  #desk: CartDesk | undefined;
  #theme = new CSSStyleSheet();
  /** The conversation whose pieces are there. */
  #shown: Chat | null = null;
  /** The way to the shop's people was asked for once; then it stays, open or not, with what was written there. */
  #contacting = false;
  /** Who did what was done last. */
  #actor: Actor = 'page';
  #language = new Language(this);
  #news = new News(this, () => this.#source);
  #talk = new Talk(
    this,
    () => this.createChat(),
    () => this.#onLeave(),
  );
  #dialog = new DialogController(this, {
    panel: () => this.#panel,
    entrance: () => this.#entrance,
    home: () => this.#launcher.button,
  });

  /** Slug of the shop. */
  declare shop: string;
  /** Base URL of the proxy; the page's own origin by default. */
  declare proxy: string;
  /** BCP 47; by default the page's language, the browser's, the shop's. */
  declare locale: string | null;
  /** Title of the panel; the shop's name by default. */
  declare heading: string | null;
  /** CSS colour; the shop's setting by default. */
  declare accent: string | null;
  /** Whether the panel is open; the attribute is `open`. */
  declare opened: boolean;
  /** Corner of the window. */
  declare position: 'end' | 'start';
  /** `auto` follows the shopper's system. */
  declare colorScheme: 'auto' | 'light' | 'dark';
  /** `side` is as high as the window; `inline` stands in the page where the element is, always open. */
  declare layout: 'float' | 'side' | 'inline';
  /** A side panel makes the page narrower, in place of covering a part of it. */
  declare push: boolean;
  /** How answers come: `auto` streams, and polls where the network holds streams back. */
  declare transport: TransportMode;
  /** The page's own words in the place of the widget's, by language and key; they go before the shop's own. */
  declare strings: OwnStrings | undefined;
  /** What the shopper has before them, where the shop wants it told and the page's own markup doesn't: see `setContext()`. */
  declare context: PageContext | null;

  constructor() {
    super();
    this.shop = '';
    this.proxy = '';
    this.locale = null;
    this.heading = null;
    this.accent = null;
    this.opened = false;
    this.position = 'end';
    this.colorScheme = 'auto';
    this.layout = 'float';
    this.push = false;
    this.transport = 'auto';
    this.context = null;
  }

  override connectedCallback(): void {
    // Moved in the page, it goes on as it was; what was a modal dialog is opened anew.
    this.requestUpdate();
    if (this.#here) return;
    this.#here = true;
    super.connectedCallback();
    if (this.#life.signal.aborted) this.#life = new AbortController();
    this.#talk.arrive();
    if (this.hasAttribute('debug')) {
      // Without it the page is as it should be, and who wants it reads the console.
      import('./debug/overlay.ts').then((debug) => debug.watch(this, this.#life.signal), console.error);
    }
    document.addEventListener('click', this.#onPageClick);
  }

  override disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#rest();
    });
  }

  #rest(): void {
    super.disconnectedCallback();
    this.#here = false;
    this.#life.abort();
    this.#push();
    this.#talk.rest();
    document.removeEventListener('click', this.#onPageClick);
  }

  protected override createRenderRoot(): HTMLElement | ShadowRoot {
    this.#launcher = ShopClerk.launcherOf(this);
    const root = this.shadowRoot!;
    const { button } = this.#launcher;
    button.onclick = () => this.#show(!this.opened, 'shopper');
    render(closeIcon, button);
    this.#listen(root);
    this.renderOptions.renderBefore = this.#launcher.root;
    // Beside the launcher's.
    root.adoptedStyleSheets.push(shopClerkSheet, this.#theme);
    return root;
  }

  #listen(root: ShadowRoot): void {
    listen(root, this.#talk, {
      source: () => this.#source,
      then: (act) => this.#then(act),
      contact: () => void this.#contact(),
      later: (intent) => {
        this.#actor = 'shopper';
        const pieces = later()!;
        pieces.answer(intent, {
          host: this,
          talk: this.#talk,
          words: this.#language.words,
          source: () => this.#source,
          desk: this.#deskOf(pieces),
          life: this.#life.signal,
          goOn: () => this.#entrance?.focus(),
        });
      },
      onKey: this.#onKeydown,
    });
  }

  protected override willUpdate(): void {
    const talk = this.#talk;
    if (this.#wanted) talk.begin();
    // Another conversation gets pieces of its own: what was typed and announced goes with the old ones.
    if (this.#shown !== talk.chat) render(nothing, this.renderRoot, this.renderOptions);
    this.#shown = talk.chat;
    this.#language.bring();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new ReadyEvent(this.#source));
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { state } = this;
    label(this.#launcher, this.#language.words, this.opened);
    dress(this, this.#theme, state.shop);
    this.#dialog.sync();
    this.#push();
    if (this.push) void pushing.bring().then(() => this.#push());
    if (this.#draft !== null && this.#composer) {
      // A page may say anything.
      this.#composer.draft = String(this.#draft);
      this.#draft = null;
    }
    void this.#askConsent();
    // After `shopclerk-ready`, so that a page can say first who has signed in.
    if (this.#wanted && state.connection === 'idle') void this.updateComplete.then(() => this.#talk.chat?.start());
    if (changed.has('opened') && (this.opened || changed.get('opened'))) {
      if (this.opened) void this.#talk.chat?.refresh();
      this.dispatchEvent(this.opened ? new OpenEvent(this.#source) : new CloseEvent(this.#source));
    }
    // Somebody asked, and looks elsewhere meanwhile.
    if (state.turn && (document.hidden || !this.#wanted))
      void loadLater().then((l) => l?.attend(this, () => this.#language.words));
    this.#news.tell();
  }

  #push(): void {
    pushing.there()?.push(this.#panel, this.#here && this.push && this.opened && this.layout === 'side');
  }

  /** The conversation behind the panel. Made once, when the panel is first opened. */
  protected createChat(): Chat {
    return chatOf(this, {
      locale: () => this.#language.locale.tag,
      desk: (pieces) => this.#deskOf(pieces),
      onSignedOut: () => void this.#talk.leave({ forget: true }),
    });
  }

  #deskOf({ deskOf }: Later): CartDesk {
    return (this.#desk ??= deskOf(this, () => this.#source));
  }

  get #wanted(): boolean {
    return this.#here && !this.#talk.isAway && (this.opened || this.layout === 'inline');
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>('.panel') ?? null;
  }

  get #composer(): Composer | null {
    return this.renderRoot.querySelector('shopclerk-composer');
  }

  /** Where the shopper goes on: the form that stands there, what has to be agreed to, else where questions are written. */
  get #entrance(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[alone] input, .consent button') ?? this.#composer;
  }

  get #source(): Source {
    return { shop: this.shop, threadId: this.state.threadId, source: this.#actor };
  }

  /**
   * The conversation as it is now.
   * @ignore
   */
  get state(): ChatState {
    return this.#talk.state;
  }

  /** Until it is there, what the shopper asks comes back to where it was written; if it can't be had, that is said with a way to try again, and tried anew then. */
  async #askConsent(): Promise<void> {
    const { told } = this.#news;
    const { state } = this;
    const same = told.unsent === state.unsent && !told.aside;
    if (!consentNeeded(state) || state.aside || (consentNeeded(told) && (agreement.there() || same))) return;
    const pieces = await agreement.bring();
    if (pieces) pieces.ask(this, this.#language.words);
    else this.#talk.chat?.failBeside(UNREACHED);
  }

  async #contact(): Promise<void> {
    if (!(await this.#talk.pieces())) return;
    this.#contacting = true;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<ContactView>('shopclerk-contact[alone]')?.begin();
  }

  /** What the page asks of a conversation that may not have begun. */
  #pieces(): Promise<Later | null> {
    this.#talk.begin();
    return this.#talk.pieces();
  }

  #onLeave(): void {
    const inside = this.#panel?.contains((this.renderRoot as ShadowRoot).activeElement);
    this.#news.forget();
    if (inside && this.opened) this.#dialog.focus.request(null);
  }

  #onPageClick = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>('[data-shopclerk-open]');
    if (!opener) return;
    event.preventDefault();
    void this.#asked(() => this.#open({ opener, message: opener.dataset['shopclerkPrompt'] }), undefined, 'shopper');
  };

  #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !this.opened || this.layout === 'inline') return;
    event.preventDefault();
    this.#show(false, 'shopper');
  };

  /** The panel opens or closes. */
  #show(opened: boolean, actor: Actor): void {
    this.#actor = actor;
    if (opened) this.#dialog.focus.request(null);
    this.opened = opened;
  }

  async #open({ message, prefill, opener }: OpenOptions): Promise<void> {
    if (!this.opened || opener) this.#dialog.focus.request(opener ?? null);
    this.opened = true;
    if (prefill !== undefined) this.#draft = prefill;
    await this.#drawn();
    if (message !== undefined) await this.#talk.send(message);
  }

  async #drawn(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
  }

  /** What the page asks for: whatever comes of it, nothing is thrown into the page; it is told by an event and in the console. */
  async #asked<T>(act: () => T | Promise<T>, otherwise: T, actor: Actor = 'page'): Promise<T> {
    this.#actor = actor;
    try {
      return await act();
    } catch (error) {
      const failure = failureOf(error, 'interrupted');
      // What is none of the line's faults is there already.
      if (failure.code !== 'internal') console.error('Shop Clerk:', error);
      this.dispatchEvent(new FailureEvent(this.#source, failure));
      return otherwise;
    }
  }

  /**
   * Opens the panel and moves the focus into it. `message` is sent at once; `prefill` stands where the shopper writes; `opener`
   * gets the focus back when the panel closes.
   */
  open(options: OpenOptions = {}): Promise<void> {
    return this.#asked(() => this.#open(options), undefined);
  }

  /** Closes the panel. The conversation stays, and an answer under way goes on. */
  close(): Promise<void> {
    return this.#asked(() => {
      this.opened = false;
      return this.#drawn();
    }, undefined);
  }

  /** Opens or closes it. */
  toggle(): Promise<void> {
    return this.opened ? this.close() : this.open();
  }

  /**
   * Asks for the shopper; `context` as for `setContext()`. Does nothing while an answer is written. Resolves when the answer has
   * ended; where the line is down, when the question is sent or taken back; and when the element leaves the page.
   */
  send(text: string, { context }: { context?: PageContext } = {}): Promise<void> {
    return this.#asked(() => this.#talk.send(text, context), undefined);
  }

  /** Puts a text where the shopper writes, to be changed or sent. */
  setDraft(text: string): Promise<void> {
    return this.#asked(() => {
      this.#draft = text;
      return this.#drawn();
    }, undefined);
  }

  /** Ends the answer under way and keeps what was said. */
  stop(): Promise<void> {
    return this.#asked(() => this.#talk.chat?.stop(), undefined);
  }

  /** Begins a new conversation. */
  newThread(): Promise<void> {
    return this.#asked(() => {
      this.#talk.chat?.newThread();
      return this.#drawn();
    }, undefined);
  }

  /** Shows a conversation of before, by its id. */
  selectThread(id: string): Promise<void> {
    return this.#asked(async () => (await this.#pieces())?.select(this.#talk, id), undefined);
  }

  /** What the shopper has before them goes along with the next questions, where the shop wants it; null for what the page itself tells. */
  async setContext(context: PageContext | null): Promise<void> {
    this.context = context;
  }

  /** All that is kept of the shopper, as a file of JSON; null where that is nothing, or can't be had now. */
  exportData(): Promise<Blob | null> {
    return this.#asked(async () => (await this.#pieces())?.exported(this.#talk) ?? null, null);
  }

  /** Everything that is kept of the shopper is removed, at the proxy and in this browser. Resolves to whether it was there and is gone. */
  deleteData(): Promise<boolean> {
    return this.#asked(async () => (await this.#pieces())?.deleted(this.#talk) ?? false, false);
  }

  /** Takes the element off the page, and ends what it does. What the browser remembers stays. */
  async destroy(): Promise<void> {
    this.opened = false;
    this.remove();
  }

  /**
   * The shopper agrees to what the shop says it stores, as in the page's own banner; `denied` takes it back, and forgets
   * what `signOut()` forgets.
   */
  consent(answer: 'granted' | 'denied' | boolean): Promise<void> {
    return this.#asked(() => {
      if (answer === 'denied' || !answer) return this.#talk.signOut();
      this.#talk.begin().consent();
      return this.#drawn();
    }, undefined);
  }

  /**
   * Says who has signed in, by a JWT that the shop's server made; the proxy verifies it. The conversation before it stays
   * behind. Call it on every page, best at `shopclerk-ready`, and with a fresh one at `shopclerk-identity-expired`. The JWT is
   * kept nowhere.
   */
  identify(jwt: string): Promise<void> {
    return this.#asked(() => {
      this.#talk.identify(jwt);
      return this.#drawn();
    }, undefined);
  }

  /** Ends the conversation, here and in other tabs, and leaves nothing of it to read: in the page and in the browser. */
  signOut(): Promise<void> {
    return this.#asked(() => this.#talk.signOut(), undefined);
  }

  /**
   * Offers the assistant a function of the page, where the shop's settings say `page_tools`: eight at most. It is called with what
   * the definition says goes into it and a signal, and what it returns is told to the assistant as data, as JSON of 8,000 characters
   * at most. The same name again takes the place of the one before; null takes it away.
   */
  registerTool(tool: PageTool, run: PageFunction | null): Promise<void> {
    return this.#asked(() => this.#talk.offer(tool, run), undefined);
  }

  /**
   * A method by its name, as the page's queue of commands has it. One that isn't there is told in the console.
   * @ignore
   */
  async do(name: string, ...args: unknown[]): Promise<unknown> {
    const methods = this as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>;
    return methods[name] ? methods[name](...args) : (await trouble.bring())?.unknownCommand(name);
  }

  /** What the shopper does in the panel ends where the next question is written: the button may be gone. */
  #then(_act: unknown): void {
    this.#actor = 'shopper';
    // What the act has changed is drawn first: what was inert can't take the focus.
    if (this.#talk.chat) this.performUpdate();
    this.#entrance?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { chat } = this.#talk;
    if (!chat) return nothing;
    return panel(chat.state, {
      strings: this.#language.words,
      locale: this.#language.locale.tag,
      heading: this.heading,
      inline: this.layout === 'inline',
      page: this.context,
      contact: this.#contacting,
      onNewThread: () => this.#then(this.#talk.chat!.newThread()),
      onClose: () => this.#show(false, 'shopper'),
      onDialogClose: this.#dialog.onClose,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shop-clerk': ShopClerk;
  }
}
