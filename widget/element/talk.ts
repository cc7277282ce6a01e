import type { PageContext, PageTool } from '../../proxy/protocol/index.ts';
import { loadLater, type Later } from '../components/later.ts';
import { subjectOf } from '../controllers/subject.ts';
import type { Chat } from '../controllers/types.ts';
import { loadPageTools } from '../page-tools/load.ts';
import type { PageFunction, PageTools } from '../page-tools/page-tools.ts';
import { initialState, UNREACHED, type ChatState } from '../state/state.ts';
import { proxyOf } from './chat-of.ts';
import type { Host, MakeChat, Talking } from './host.ts';

/** The element's conversation: when it begins, whose it is, and what is left of it. */
export class Talk implements Talking {
  /** None before it is wanted. */
  chat: Chat | null = null;
  readonly #host: Host;
  readonly #make: MakeChat;
  readonly #onLeave: () => void;
  /** Who has signed in, as the page said. */
  #subject: string | null = null;
  /** The page's own, once it has offered one. */
  #functions: PageTools | undefined;
  #offering: Promise<unknown> | null = null;
  /** The page lies in the browser's cache of left pages, where nothing of a signed-in shopper may wait. */
  #stored = false;

  /** @param onLeave told before the element is drawn without the conversation */
  constructor(host: Host, make: MakeChat, onLeave: () => void) {
    this.#host = host;
    this.#make = make;
    this.#onLeave = onLeave;
  }

  get state(): ChatState {
    return this.chat?.state ?? initialState;
  }

  /** Nothing may be shown now. */
  get isAway(): boolean {
    return this.#stored;
  }

  begin(): Chat {
    return this.chat ?? this.#anew();
  }

  async send(text: string, context?: PageContext): Promise<void> {
    if (context) this.#host.context = context;
    const chat = this.begin();
    await chat.start();
    await chat.send(text);
  }

  /** What comes later. That it can't be had is said beside the conversation. */
  async pieces(): Promise<Later | null> {
    const pieces = await loadLater();
    if (!pieces) this.chat?.failBeside(UNREACHED);
    return pieces;
  }

  /** A function of the page, for this conversation and those after it. @throws TypeError for the page's author */
  async offer(tool: PageTool, run: PageFunction | null): Promise<void> {
    const coming = loadPageTools();
    this.#offering = coming;
    if (this.chat) this.chat.offering = coming;
    const pieces = await coming;
    if (!pieces) return;
    this.#functions ??= pieces.createPageTools({ baseUrl: proxyOf(this.#host), shop: this.#host.shop });
    this.#functions.register(tool, run);
    if (this.chat) this.#functions.serve(this.chat.room);
  }

  /** Another shopper's conversation is another one; a fresh token of the same goes into the one that is there. */
  identify(jwt: string): void {
    const subject = subjectOf(jwt);
    if (subject !== this.#subject) {
      const { agreed } = this.state;
      void this.leave();
      const chat = this.begin();
      if (agreed) chat.consent();
      this.#subject = subject;
    }
    this.chat!.identify(jwt);
  }

  async signOut(): Promise<void> {
    this.begin();
    await this.leave({ forget: true, everywhere: true });
  }

  /** Nothing of the conversation is left in the element, nor, if `forget`, in this browser. */
  leave({ forget = false, everywhere = false } = {}): Promise<boolean> {
    this.#onLeave();
    if (forget) this.#subject = null;
    this.chat?.leave({ forget, everywhere });
    this.chat = null;
    this.#host.requestUpdate();
    return this.#host.updateComplete;
  }

  /** The element has come to the page, maybe once more. */
  arrive(): void {
    if (this.#subject !== null && !this.chat) this.#askWho();
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onPageShow);
  }

  /** The element has left the page. The next time it finds the conversation as the proxy has it then. */
  rest(): void {
    void this.leave();
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onPageShow);
  }

  #onPageHide = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || this.#subject === null) return;
    this.#stored = true;
    void this.leave();
    // At once: the page is about to be frozen.
    this.#host.performUpdate();
  };

  /** Whether they are still signed in, only the page can say. */
  #onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || !this.#stored) return;
    this.#stored = false;
    this.#askWho();
    this.#host.requestUpdate();
  };

  #anew(): Chat {
    this.chat = this.#make();
    this.chat.offering = this.#offering;
    this.#functions?.serve(this.chat.room);
    return this.chat;
  }

  #askWho(): void {
    this.#anew().identify(null);
  }
}
