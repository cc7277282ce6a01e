import type { Availability, CartErrorCode, FeedbackReason, NoticeCode } from '../../proxy/protocol/index.ts';
import type { Failure } from '../state/state.ts';

/** What a running tool is called here; `other` is for those without words of their own. */
export type ToolName =
  | 'search_products'
  | 'show_products'
  | 'compare_products'
  | 'add_to_cart'
  | 'view_cart'
  | 'get_order_status'
  | 'other';

/** The words of every conversation. Texts with numbers in them are functions, for the plurals. */
export interface Strings {
  $lang: string;
  $dir: 'ltr' | 'rtl';
  /** On the launcher, once the panel has come. */
  open: string;
  loadFailed: string;
  /** Accessible name of the panel. */
  dialog(shop: string): string;
  assistant: string;
  disclosure: string;
  demoModel: string;
  close: string;
  newChat: string;
  conversation: string;
  loading: string;
  youSaid: string;
  assistantSaid: string;
  typing: string;
  tool: Record<ToolName, string>;
  /** The line is lost and is being looked for; the answer goes on afterwards. */
  reconnecting: string;
  /** Below a question that is sent when the answer before it has ended. */
  waiting: string;
  /** Below a question that is sent when the line is back. */
  offline: string;
  /** It shall not be sent. */
  takeBack: string;
  stopped: string;
  cut: string;
  jump: string;
  question: string;
  placeholder: string;
  send: string;
  stop: string;
  /** Characters left before the limit, and beyond it. */
  left(count: number): string;
  over(count: number): string;
  products: string;
  productCount(count: number): string;
  position(index: number, count: number): string;
  previous: string;
  next: string;
  /** With `{price}` where the lowest price of several stands. */
  from: string;
  salePrice: string;
  regularPrice: string;
  availability: Record<Availability, string>;
  rating(value: string, count: number): string;
  view: string;
  addToCart: string;
  /** On the button, while something is left to choose. */
  choose: string;
  newTab: string;
  /** What is stored and sent. */
  consent: string;
  privacy: string;
  agree: string;
  /** Name of the list of what one could ask next. */
  suggestions: string;
  /** The menu. */
  more: string;
  retry: string;
  /** What can be told without the rest of the words: the line may be down. */
  failures: Record<'network' | 'interrupted' | 'internal', string>;
  /** The rest of the words, where they came along; English brings them later. */
  later?: LaterStrings;
  /** Puts the shop's own words in the place of ours, where it has any (own-words.ts). */
  $own?: <Words extends LaterStrings | ShopperStrings | AboutStrings>(words: Words, path?: string) => Words;
  shopper?: ShopperStrings;
  about?: AboutStrings;
}

/** What shoppers can do with their conversations and with an answer. */
export interface ShopperStrings {
  conversations: string;
  back: string;
  search: string;
  searchFailed: string;
  none: string;
  nothingFound: string;
  /** How many were found. */
  found(count: number): string;
  untitled: string;
  /** The one that is open; the one that is being answered. */
  current: string;
  running: string;
  /** Buttons in the row of a conversation, whose title is beside them. */
  rename(title: string): string;
  remove(title: string): string;
  title: string;
  save: string;
  cancel: string;
  renamed: string;
  removeSure: string;
  removeYes: string;
  removeNo: string;
  removed: string;
  /** Of the buttons below an answer. */
  actions: string;
  copy: string;
  copied: string;
  copyFailed: string;
  good: string;
  bad: string;
  thanks: string;
  takenBack: string;
  again: string;
  why: string;
  reasons: Record<FeedbackReason, string>;
  comment: string;
  send: string;
  skip: string;
  /** Too long for one message. */
  trimmed: string;
}

/** What is told of the page. */
export interface AboutStrings {
  about: string;
  leaveOut(product: string): string;
  leftOut: string;
}

/** The words of what is loaded when it is first needed. */
export interface LaterStrings {
  chooseFirst(option: string): string;
  /** What the catalogue has no name for: one of several of the same. */
  variant: string;
  /** Of options that aren't made together. */
  notMade: string;
  adding: string;
  added: string;
  addAnother: string;
  undo: string;
  undone: string;
  viewCart: string;
  /** The assistant asks for a yes. */
  confirmAdd: string;
  confirmYes: string;
  confirmNo: string;
  /** The price of one of several. */
  each(price: string): string;
  lookingInCart: string;
  cartHolds(count: number): string;
  /** `items` is what `cartHolds` says. */
  cartTotal(items: string, total: string): string;
  cartErrors: Record<CartErrorCode, string>;
  /** What a card of an old conversation said. */
  was(price: string): string;
  soldOutSince: string;
  backInStock: string;
  comparison: string;
  price: string;
  stock: string;
  rated: string;
  /** The catalogue doesn't say. */
  notStated: string;
  download: string;
  remove: string;
  removeSure: string;
  removeYes: string;
  removeNo: string;
  removed: string;
  notices: Record<NoticeCode, string>;
  contactPage: string;
  /** In the menu. */
  contactUs: string;
  conversations: string;
  /** A box to tick. */
  sound: string;
  /** Beside the launcher's own name. */
  unread(count: number): string;
  contactForm: ContactWords;
  failures: Record<Exclude<Failure['code'], keyof Strings['failures']>, string>;
  /** Said after a failure when the wait is known; `when` is such as "in 40 seconds". */
  retryIn(when: string): string;
}

/** What the form to the shop's people says. */
export interface ContactWords {
  write: string;
  name: string;
  /** Behind a label. */
  optional: string;
  email: string;
  message: string;
  talk: string;
  /** What becomes of it. */
  fate: string;
  send: string;
  sending: string;
  cancel: string;
  close: string;
  /** Above the button: what is agreed to by pressing it. */
  consent: string;
  /** Whether somebody is there; times are worded by `Intl`. */
  here: string;
  hereUntil(time: string): string;
  away: string;
  awayUntil(time: string): string;
  /** The address follows. */
  sent: string;
  emailMissing: string;
  emailWrong: string;
  messageMissing: string;
  talkGone: string;
}

/** Words in the place of ours: by language (`de`, `pt-BR`), then by key (`send`, `notices.contact`, `productCount.other`). */
export type OwnStrings = Readonly<Record<string, Readonly<Record<string, string>>>>;
