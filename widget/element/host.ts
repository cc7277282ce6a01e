import type { ReactiveControllerHost } from 'lit';
import type { PageContext } from '../../proxy/protocol/index.ts';
import type { Chat } from '../controllers/types.ts';
import type { OwnStrings } from '../i18n/types.ts';
import type { ChatState } from '../state/state.ts';
import type { TransportMode } from '../transport/http-transport.ts';

/** The element as its parts know it: what the page has said, and what is drawn. */
export interface Host extends HTMLElement, ReactiveControllerHost {
  readonly shop: string;
  readonly proxy: string;
  readonly locale: string | null;
  readonly accent: string | null;
  opened: boolean;
  position: 'end' | 'start';
  layout: 'float' | 'side' | 'inline';
  readonly transport: TransportMode;
  readonly strings: OwnStrings | undefined;
  context: PageContext | null;
  readonly renderRoot: HTMLElement | ShadowRoot;
  readonly state: ChatState;
  /** Draws at once what waits for it. */
  performUpdate(): void;
  close(): Promise<void>;
}

/** The element's conversation, for what is loaded later. */
export interface Talking {
  readonly chat: Chat | null;
  readonly state: ChatState;
  begin(): Chat;
  signOut(): Promise<void>;
}

/** Makes the conversation behind the panel. */
export type MakeChat = () => Chat;
