import {
  nothing,
  render,
  type PropertyDeclaration,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { PageContext, ShopSettings } from '../proxy/protocol/index.ts';
import { announce } from './components/announcer.ts';
import type { Composer } from './components/composer.ts';
import type { ContactView } from './components/contact.ts';
import { closeIcon } from './components/icons.ts';
import { later, loadLater, type Later } from './components/later.ts';
import { panel } from './components/panel.ts';
import { ChatController } from './controllers/chat-controller.ts';
import { DialogController } from './controllers/dialog-controller.ts';
import { push } from './controllers/push.ts';
import { subjectOf } from './controllers/subject.ts';
import { createTabs } from './controllers/tabs.ts';
import type { Chat } from './controllers/types.ts';
import type { CartDesk } from './controllers/cart-desk.ts';
import { loadDebug } from './debug/load.ts';
import { CloseEvent, FailureEvent, OpenEvent, ProductClickEvent, ReadyEvent, type Source } from './events.ts';
import { loadLanguage, strings, localeOf, type Locale, type Strings } from './i18n/index.ts';
import { bringOwnWords, ownWords } from './i18n/own.ts';
import type { OwnStrings } from './i18n/types.ts';
import type { Launcher, launcherOf } from './launcher.ts';
import { Reactive } from './reactive.ts';
import { report } from './report.ts';
import { shopClerkSheet } from './shop-clerk.styles.ts';
import { schemeRule, themeRule } from './styles/theme.ts';
import { lastQuestion } from './state/reducer.ts';
import { createSessionMemory } from './state/session.ts';
import { consentNeeded, initialState, type ChatState, type Failure } from './state/state.ts';
import { createHttpTransport } from './transport/http-transport.ts';
import type { TransportMode } from './transport/http-transport.ts';
import { watchPage } from './transport/page-life.ts';

/** An attribute with a few values; anything else means the first of them. */
function oneOf(...values: string[]): PropertyDeclaration {
  return {
    reflect: true,
    useDefault: true,
    converter: { fromAttribute: (value) => (values.includes(value ?? '') ? value : values[0]) },
  };
}

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
 * @fires {ResponseEndEvent} shopclerk-response-end - An answer ended; `status` says how.
 * @fires {ProductsShownEvent} shopclerk-products-shown - Cards appeared; `products` has them.
 * @fires {ProductClickEvent} shopclerk-product-click - The shopper follows a card to `product`'s page.
 * @fires {AddToCartEvent} shopclerk-add-to-cart - Cancelable: `preventDefault()` and the page puts `line` into its cart; `respondWith()` says how it ends.
 * @fires {ViewCartEvent} shopclerk-view-cart - The assistant was asked what is in the cart; a page that keeps it may say so.
 * @fires {CartUpdatedEvent} shopclerk-cart-updated - The cart has changed; `cart` is what is in it, where the shop tells.
 * @fires {FailureEvent} shopclerk-error - No session, or a failed answer; `failure` has the code.
 * @fires {IdentityExpiredEvent} shopclerk-identity-expired - Call `identify()` with a fresh token, or `signOut()`.
 *
 * @slot launcher-icon - In place of the launcher's icon.
 * @slot header-actions - More buttons for the header.
 * @slot disclosure - In place of the words on AI under the greeting.
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
 * @csspart message - One message; also `user` or `assistant`.
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
export class ShopClerk extends Reactive {
  /** See define.ts. */
  static launcherOf: typeof launcherOf;

  static override properties: PropertyDeclarations = {
    shop: {},
    proxy: {},
    locale: {},
    accent: {},
    opened: { type: Boolean, attribute: 'open', reflect: true },
    position: oneOf('end', 'start'),
    colorScheme: { ...oneOf('auto', 'light', 'dark'), attribute: 'color-scheme' },
    layout: oneOf('float', 'side', 'inline'),
    push: { type: Boolean },
    transport: oneOf('auto', 'stream', 'poll'),
    strings: { attribute: false },
    chatState: { state: true },
  };

  #launcher!: Launcher;
  /** Aborted when the element leaves the page. */
  #life = new AbortController();
  /** On the page. */
  #here = false;
  /** What shall stand where the shopper writes, as soon as that is there. */
  #draft: string | null = null;
  /** The way into the cart, once something shall go there. */
  #desk: CartDesk | undefined;
  #theme = new CSSStyleSheet();
  #chat: Chat | null = null;
  /** The one whose pieces are there. */
  #shown: Chat | null = null;
  /** Who has signed in, as the page said. */
  #subject: string | null = null;
  /** The page lies in the browser's cache of left pages, where nothing of a signed-in shopper may wait. */
  #stored = false;
  /** The last one asked for. */
  #language = '';
  /** The way to the shop's people was asked for once; then it stays, open or not, with what was written there. */
  #contacting = false;
  /** What the last events told the page. */
  #reported: ChatState = initialState;
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
  context: PageContext | null = null;

  constructor() {
    super();
    this.shop = '';
    this.proxy = '';
    this.locale = null;
    this.accent = null;
    this.opened = false;
    this.position = 'end';
    this.colorScheme = 'auto';
    this.layout = 'float';
    this.push = false;
    this.transport = 'auto';
  }

  override connectedCallback(): void {
    // Moved in the page, it goes on as it was; what was a modal dialog is opened anew.
    this.requestUpdate();
    if (this.#here) return;
    this.#here = true;
    super.connectedCallback();
    if (this.#life.signal.aborted) this.#life = new AbortController();
    if (this.#subject !== null && !this.#chat) this.#askWho();
    if (this.hasAttribute('debug')) void loadDebug().then((debug) => debug?.watch(this, this.#life.signal));
    document.addEventListener('click', this.#onPageClick);
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onPageShow);
  }

  override disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#rest();
    });
  }

  /** Off the page. The next time it finds the conversation as the proxy has it then. */
  #rest(): void {
    super.disconnectedCallback();
    this.#here = false;
    this.#life.abort();
    push(null, false);
    void this.#leave();
    document.removeEventListener('click', this.#onPageClick);
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onPageShow);
  }

  protected override createRenderRoot(): HTMLElement | ShadowRoot {
    this.#launcher = ShopClerk.launcherOf(this);
    const root = this.shadowRoot!;
    const { button } = this.#launcher;
    button.onclick = () => void this.toggle();
    render(closeIcon, button);
    this.#listen(root);
    this.renderOptions.renderBefore = this.#launcher.root;
    // Beside the launcher's.
    root.adoptedStyleSheets.push(shopClerkSheet, this.#theme);
    return root;
  }

  /** What the panel's pieces ask for; there are none before there is a conversation. */
  #listen(root: ShadowRoot): void {
    root.addEventListener('intent-send', ({ text }) => this.#then(this.#chat!.send(text)));
    root.addEventListener('intent-stop', () => this.#then(this.stop()));
    root.addEventListener('intent-retry', () => {
      this.#then(this.state.messages.length > 0 ? this.#chat!.retry() : this.#chat!.start());
    });
    root.addEventListener('intent-new-thread', () => this.#then(this.newThread()));
    root.addEventListener('intent-consent', () => this.#then(this.consent(true)));
    root.addEventListener('intent-export', () => {
      void later()!.download(this.#chat!, `${this.shop}-${this.state.threadId}.json`);
    });
    root.addEventListener('intent-delete', () => void this.#delete());
    root.addEventListener('intent-product', ({ product }) => {
      this.dispatchEvent(new ProductClickEvent(this.#source, product));
    });
    root.addEventListener('intent-add', (intent) => {
      // It comes from a piece that came with all this.
      intent.result = this.#deskOf(later()!).add(intent.addition, this.#life.signal);
    });
    root.addEventListener('intent-answer', ({ callId, agreed }) => void this.#chat?.answerAct(callId, agreed));
    root.addEventListener('intent-contact', () => void this.#contact());
    root.addEventListener('intent-letter', (intent) => {
      const chat = this.#chat!;
      intent.about = lastQuestion(chat.state) ?? '';
      intent.talk = chat.state.threadId !== null;
      // As above.
      intent.deliver = (letter) => later()!.deliver(chat, letter);
    });
    root.addEventListener('intent-act', ({ act }) => this.#chat && act(this.#chat));
    root.addEventListener('intent-announce', ({ text }) => announce(root, text));
    root.addEventListener('keydown', this.#onKeydown as EventListener);
  }

  protected override willUpdate(): void {
    if (this.#wanted) this.#chat ??= this.createChat();
    // Another conversation gets pieces of its own: what was typed and announced goes with the old ones.
    if (this.#shown !== this.#chat) render(nothing, this.renderRoot, this.renderOptions);
    this.#shown = this.#chat;
    const { language } = this.#locale;
    if ((this.strings || this.state.shop?.strings) && !ownWords()) {
      void bringOwnWords().then((there) => there && this.requestUpdate());
    }
    // Until then, and if they don't come, it speaks English.
    if (language === this.#language) return;
    this.#language = language;
    if (this.#words.$lang !== language) loadLanguage(language).then(() => this.requestUpdate(), console.error);
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new ReadyEvent(this.#source));
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { state } = this;
    this.#labelLauncher();
    this.#dress(state.shop);
    this.#dialog.sync();
    push(this.#panel, this.push && this.opened && this.layout === 'side');
    if (this.#draft !== null && this.#composer) {
      this.#composer.draft = this.#draft;
      this.#draft = null;
    }
    this.#askConsent();
    // After `shopclerk-ready`, so that a page can say first who has signed in.
    if (this.#wanted && state.connection === 'idle') void this.updateComplete.then(() => this.#chat?.start());
    if (changed.has('opened') && (this.opened || changed.get('opened'))) {
      if (this.opened) void this.#chat?.refresh();
      this.dispatchEvent(this.opened ? new OpenEvent(this.#source) : new CloseEvent(this.#source));
    }
    // Somebody asked, and looks elsewhere meanwhile.
    if (state.turn && (document.hidden || !this.#wanted))
      void loadLater().then((l) => l?.attend(this, () => this.#words));
    for (const event of report(this.#reported, state, this.shop)) {
      if (event instanceof FailureEvent) this.#explain(event.failure);
      this.dispatchEvent(event);
    }
    this.#reported = state;
  }

  /** What keeps the whole chat from working, or is the page's to mend; not every answer that went wrong. */
  #explain(failure: Failure): void {
    if (failure !== this.state.failure && failure.code !== 'identity_invalid') return;
    const at = { shop: this.shop, proxy: this.#proxyUrl, origin: location.origin };
    void loadLater().then((pieces) =>
      console.error(
        pieces?.explain(failure, at) ?? `Shop Clerk: nothing to be had from ${at.proxy} (${failure.code}).`,
      ),
    );
  }

  /** The conversation behind the panel. Made once, when the panel is first opened. */
  protected createChat(): Chat {
    const { shop, transport: mode } = this;
    const baseUrl = this.#proxyUrl;
    const transport = createHttpTransport({ baseUrl, shop, mode, watch: watchPage });
    return new ChatController(this, {
      transport,
      memory: createSessionMemory({ baseUrl, shop }),
      tabs: createTabs({ baseUrl, shop }),
      acts: async (wiring) => {
        const pieces = await loadLater();
        return pieces && pieces.actsOf({ baseUrl, shop }, { transport, desk: this.#deskOf(pieces), ...wiring });
      },
      locale: () => this.#locale.tag,
      onSignedOut: () => void this.#leave({ forget: true }),
    });
  }

  #deskOf({ deskOf }: Later): CartDesk {
    return (this.#desk ??= deskOf(this, () => this.#source));
  }

  get #wanted(): boolean {
    return this.#here && !this.#stored && (this.opened || this.layout === 'inline');
  }

  get #proxyUrl(): string {
    return URL.canParse(this.proxy, location.origin) ? new URL(this.proxy, location.origin).href : location.origin;
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
    return { shop: this.shop, threadId: this.state.threadId };
  }

  get #words(): Strings {
    const { tag, language } = this.#locale;
    const words = strings[language];
    return ownWords()?.ownWords(this, words, tag, this.state.shop?.strings, this.strings) ?? words;
  }

  get #locale(): Locale {
    return localeOf(this, this.state.shop?.locale);
  }

  /** The conversation as it is now. */
  get state(): ChatState {
    return this.#chat?.state ?? initialState;
  }

  /** What asks for consent takes the focus only from the composer, which can't keep it. */
  #askConsent(): void {
    if (!consentNeeded(this.state) || consentNeeded(this.#reported)) return;
    const root = this.renderRoot as ShadowRoot;
    announce(root, this.#words.consent);
    if (this.#composer?.contains(root.activeElement)) this.#entrance!.focus();
  }

  async #delete(): Promise<void> {
    if (await later()!.remove(this.#chat!, this.renderRoot, this.#words)) this.#entrance?.focus();
  }

  /** That they can't be had is said beside the conversation. */
  async #pieces(): Promise<Later | null> {
    const pieces = await loadLater();
    if (!pieces) this.#chat?.failBeside({ code: 'network', retryable: true });
    return pieces;
  }

  async #contact(): Promise<void> {
    if (!(await this.#pieces())) return;
    this.#contacting = true;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<ContactView>('shopclerk-contact[alone]')?.begin();
  }

  /** Nothing of the conversation is left in the element, nor, if `forget`, in this browser. */
  #leave({ forget = false, everywhere = false } = {}): Promise<boolean> {
    const inside = this.#panel?.contains((this.renderRoot as ShadowRoot).activeElement);
    if (forget) this.#subject = null;
    this.#chat?.leave({ forget, everywhere });
    this.#chat = null;
    this.#reported = initialState;
    if (inside && this.opened) this.#dialog.focus.request(null);
    this.requestUpdate();
    return this.updateComplete;
  }

  #onPageHide = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || this.#subject === null) return;
    this.#stored = true;
    void this.#leave();
    // At once: the page is about to be frozen.
    this.performUpdate();
  };

  /** Whether they are still signed in, only the page can say. */
  #onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || !this.#stored) return;
    this.#stored = false;
    this.#askWho();
    this.requestUpdate();
  };

  #askWho(): void {
    this.#chat = this.createChat();
    this.#chat.identify(null);
  }

  /** The shop's looks, where the page says nothing else. */
  #dress(shop: ShopSettings | null): void {
    this.#theme.replaceSync(themeRule(shop, this.accent) + schemeRule(shop?.color_scheme));
    const { position, layout } = shop?.theme ?? {};
    if (position && !this.hasAttribute('position')) this.position = position;
    if (layout && !this.hasAttribute('layout')) this.layout = layout;
  }

  #labelLauncher(): void {
    const { root, button } = this.#launcher;
    button.ariaHasPopup = 'dialog';
    const words = this.#words;
    root.lang = words.$lang;
    root.dir = words.$dir;
    button.ariaExpanded = String(this.opened);
    button.ariaLabel = this.opened ? words.close : words.open;
  }

  #onPageClick = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>('[data-shopclerk-open]');
    if (!opener) return;
    event.preventDefault();
    void this.open({ opener, message: opener.dataset['shopclerkPrompt'] });
  };

  #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !this.opened || this.layout === 'inline') return;
    event.preventDefault();
    void this.close();
  };

  /**
   * Opens the panel and moves the focus into it. `message` is sent at once; `opener` gets the focus back when the
   * panel closes.
   */
  async open({ message, prefill, opener }: OpenOptions = {}): Promise<void> {
    if (!this.opened || opener) this.#dialog.focus.request(opener ?? null);
    this.opened = true;
    if (prefill !== undefined) this.#draft = prefill;
    this.requestUpdate();
    await this.updateComplete;
    if (message !== undefined) await this.send(message);
  }

  /** Closes the panel. The conversation stays, and an answer under way goes on. */
  async close(): Promise<void> {
    this.opened = false;
    await this.updateComplete;
  }

  /** Opens or closes it. */
  async toggle(): Promise<void> {
    await (this.opened ? this.close() : this.open());
  }

  /** Asks for the shopper; `context` as for `setContext()`. Does nothing while an answer is written. */
  async send(text: string, { context }: { context?: PageContext } = {}): Promise<void> {
    if (context) this.context = context;
    this.#chat ??= this.createChat();
    await this.#chat.start();
    await this.#chat.send(text);
  }

  /** Puts a text where the shopper writes, to be changed or sent. */
  async setDraft(text: string): Promise<void> {
    this.#draft = text;
    this.requestUpdate();
    await this.updateComplete;
  }

  /** Ends the answer under way and keeps what was said. */
  async stop(): Promise<void> {
    await this.#chat?.stop();
  }

  /** Begins a new conversation. */
  async newThread(): Promise<void> {
    this.#chat?.newThread();
    await this.updateComplete;
  }

  /** Shows a conversation of before, by its id. */
  async selectThread(id: string): Promise<void> {
    this.#chat ??= this.createChat();
    await this.#chat.start();
    await (await this.#pieces())?.selectThread(this.#chat, id);
  }

  /** What the shopper has before them goes along with the next questions, where the shop wants it; null for what the page itself tells. */
  async setContext(context: PageContext | null): Promise<void> {
    this.context = context;
  }

  /** All that is kept of the shopper, as a file of JSON; null where that is nothing, or can't be had now. */
  async exportData(): Promise<Blob | null> {
    const chat = (this.#chat ??= this.createChat());
    return (await this.#pieces())?.exportData(chat) ?? null;
  }

  /** Everything that is kept of the shopper is removed, at the proxy and in this browser. Resolves to whether it was there and is gone. */
  async deleteData(): Promise<boolean> {
    const chat = (this.#chat ??= this.createChat());
    const gone = (await (await this.#pieces())?.deleteData(chat)) ?? false;
    if (gone) await this.signOut();
    return gone;
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
  async consent(answer: 'granted' | 'denied' | boolean): Promise<void> {
    if (answer === 'denied' || !answer) return this.signOut();
    this.#chat ??= this.createChat();
    this.#chat.consent();
    await this.updateComplete;
  }

  /**
   * Says who has signed in, by a JWT that the shop's server made; the proxy verifies it. The conversation before it stays
   * behind. Call it on every page, best at `shopclerk-ready`, and with a fresh one at `shopclerk-identity-expired`. The JWT is
   * kept nowhere.
   */
  async identify(jwt: string): Promise<void> {
    const subject = subjectOf(jwt);
    if (subject !== this.#subject) {
      const { agreed } = this.state;
      void this.#leave();
      this.#chat = this.createChat();
      if (agreed) this.#chat.consent();
      this.#subject = subject;
    }
    this.#chat!.identify(jwt);
    await this.updateComplete;
  }

  /** Ends the conversation, here and in other tabs, and leaves nothing of it to read: in the page and in the browser. */
  async signOut(): Promise<void> {
    this.#chat ??= this.createChat();
    await this.#leave({ forget: true, everywhere: true });
  }

  /** What the shopper does in the panel ends where the next question is written: the button may be gone. */
  #then(act: Promise<void>): void {
    // What the act has changed is drawn first: what was inert can't take the focus.
    if (this.#chat) this.performUpdate();
    this.#entrance?.focus();
    void act;
  }

  protected override render(): TemplateResult | typeof nothing {
    const chat = this.#chat;
    if (!chat) return nothing;
    return panel(chat.state, {
      strings: this.#words,
      locale: this.#locale.tag,
      inline: this.layout === 'inline',
      page: this.context,
      contact: this.#contacting,
      onNewThread: () => this.#then(this.newThread()),
      onClose: () => void this.close(),
      onDialogClose: this.#dialog.onClose,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shop-clerk': ShopClerk;
  }
}
