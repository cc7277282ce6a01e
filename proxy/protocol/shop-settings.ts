/** What the panel is drawn with: `GET /api/shops/:slug`, and part of `POST /api/session`. */
import type { ShopContact } from './events.ts';

/** `GET /api/shops/:slug`, without a token, and part of every session. Nothing in it is secret. */
export interface ShopSettings {
  slug: string;
  name: string;
  /** The name by language, where the shop writes it in more than one way. */
  names?: Record<string, string>;
  /** BCP 47 language to use when the page and the shopper say nothing else. */
  locale: string;
  /** By language (`en`, `he`); empty where the shop says none. */
  greeting: Record<string, string>;
  /** Starter prompts by language, four at most. */
  prompts: Record<string, string[]>;
  /** CSS colour of the shop's brand. */
  accent?: string;
  color_scheme?: 'auto' | 'light' | 'dark';
  /** What else the shop says of its looks; attributes and CSS of the page go before it. */
  theme?: ThemeSettings;
  /**
   * The shop's own words in place of the widget's, by language and by the key of the widget's dictionary: `send`,
   * `notices.contact`. Unknown keys are skipped.
   */
  strings?: Record<string, Record<string, string>>;
  /** Greetings that the widget may make by itself, once a session: the first whose rule comes true. Five at most. */
  proactive?: ProactiveGreeting[];
  /** The shop wants `ChatRequest.context`; where it isn't true, nothing of the page may be sent, and nothing is kept. */
  page_context?: boolean;
  /** The shop lets its pages bring `ChatRequest.tools`. */
  page_tools?: boolean;
  /** Nothing may be stored or sent before the shopper agrees. */
  consent: boolean;
  /** Say that an AI answers. */
  disclosure: boolean;
  /** The shop's privacy page, http(s). */
  privacy_url?: string;
  contact?: ShopContact;
  /** Which cart the page has: none shows no "Add to cart". */
  cart: 'woocommerce' | 'shopify' | 'event' | 'none';
  /** The shop's cart page, http(s), absolute or relative to the page. */
  cart_url?: string;
  /** Longest message taken, in UTF-16 code units (what `maxlength` counts). */
  max_message_length: number;
  /** True while the keyless demo model answers. The widget says so. */
  demo_model: boolean;
}

/** Colours are `#rrggbb`, lengths CSS lengths in `px`, `rem` or `em`. */
export interface ThemeSettings extends ThemeColours {
  /** In place of the ones above (and of `accent`) while the panel is dark. */
  dark?: ThemeColours & { accent?: string };
  radius?: string;
  /** A list of font families that the page has. */
  font?: string;
  font_size?: string;
  launcher_size?: string;
  position?: 'start' | 'end';
  layout?: 'float' | 'side' | 'inline';
  /** http(s); a picture for the panel's header. */
  logo_url?: string;
}

export interface ThemeColours {
  surface?: string;
  text?: string;
  muted?: string;
  border?: string;
}

/** All that is given must be true; at least one of the two times is. */
export interface ProactiveGreeting {
  /** Seconds on this page. */
  after_s?: number;
  /** Seconds for which nothing was done with a cart that holds something. */
  idle_cart_s?: number;
  /** Paths of pages, in which `*` stands for anything but `/` and `**` for anything; left out, every page. */
  pages?: string[];
  /** By language. */
  text: Record<string, string>;
}
