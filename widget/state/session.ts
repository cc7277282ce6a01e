import { createDrafts } from './drafts.ts';

/** What brings a shopper back to the conversation after a reload: who they are, and which thread they were in. */
export interface Remembered {
  /**
   * The visitor's signed token; renewed for the same visitor even when it has expired. '' for who has signed in; null before
   * the first question has arrived.
   */
  token: string | null;
  threadId: string | null;
  /** The shopper agreed that it is kept. */
  consent?: true;
  /** Questions that the proxy may not have got before the page went away, in order. This tab's alone. */
  asking?: readonly Question[];
}

export interface Question {
  clientMessageId: string;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** The last question, in whose place this one comes. */
  replaces?: string | undefined;
}

/** One under way, and as many as may wait for the line. What the page puts there may be longer than a tab can show. */
const MOST_ASKING = 11;

/** Memory of one shop's conversation in this browser. Nothing here throws. */
export interface SessionMemory {
  load(): Remembered | null;
  save(remembered: Remembered): void;
  /** The shopper has signed in: drops the anonymous visitor, and from now on keeps no more than the thread's id, in this tab. */
  signIn(): void;
  /** Nothing stays. */
  forget(): void;
  /** What was being written in a thread; '' for nothing. Null is the one that is not begun. */
  draft(threadId: string | null): string;
  /** In this tab only, and of somebody who has signed in only as long as the page lasts. */
  keepDraft(threadId: string | null, text: string): void;
}

export interface SessionMemoryOptions {
  /** Absolute URL of the proxy; its origin is part of the key. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
  /** A function, because reading `window.localStorage` throws where the browser blocks storage. */
  storage?: () => Storage;
  /** The same, for what is this tab's own. */
  tabStorage?: () => Storage;
}

/**
 * Keeps it in localStorage, and a copy for the tab in sessionStorage, which comes first: a conversation begun in one tab
 * doesn't throw another out of its own. Where storage is blocked or full it lasts as long as the page: a conversation that
 * is forgotten at the next page is better than none.
 */
export function createSessionMemory({
  baseUrl,
  shop,
  storage = () => localStorage,
  tabStorage = () => sessionStorage,
}: SessionMemoryOptions): SessionMemory {
  const anonymous = `shopclerk:${new URL(baseUrl).origin}:${shop}`;
  const signedIn = `${anonymous}:signed-in`;
  let key = anonymous;
  let here: Remembered | null = null;
  const drafts = createDrafts({ key: () => (key === signedIn ? null : `${anonymous}:drafts`), storage: tabStorage });

  const read = (from: () => Storage): Remembered | null => {
    try {
      return parse(from().getItem(key));
    } catch {
      // Blocked, or not JSON: as good as nothing.
      return null;
    }
  };
  /** Null removes it. */
  const write = (to: () => Storage, remembered: Remembered | null): void => {
    try {
      if (remembered) to().setItem(key, JSON.stringify(remembered));
      else to().removeItem(key);
    } catch {
      // Blocked or full: `here` has it.
    }
  };
  const drop = (name: string): void => {
    key = name;
    here = null;
    write(tabStorage, null);
    write(storage, null);
  };

  return {
    load: () => here ?? read(tabStorage) ?? read(storage),
    save(remembered) {
      const { asking, ...lasting } = remembered;
      const isKnown = lasting.token !== null;
      here = asking?.length ? remembered : isKnown ? lasting : null;
      if (key === signedIn) {
        write(tabStorage, { ...lasting, token: '' });
        return;
      }
      write(tabStorage, here);
      if (isKnown) write(storage, lasting);
    },
    ...drafts,
    signIn() {
      drafts.dropDrafts();
      drop(anonymous);
      key = signedIn;
    },
    forget() {
      drafts.dropDrafts();
      // What `act-memory.ts` keeps, whether it is loaded or not.
      for (const of of ['', ':page']) drop(`${anonymous}${of}:acts`);
      drop(signedIn);
      drop(anonymous);
    },
  };
}

/** Anything on the page may have written there, so nothing is taken on trust. */
function parse(text: string | null): Remembered | null {
  const value: unknown = JSON.parse(text ?? 'null');
  if (typeof value !== 'object' || value === null || !('token' in value) || !('threadId' in value)) return null;
  const { token, threadId } = value;
  if (!isText(token) || !isText(threadId)) return null;
  // Anything else is no id of ours, and could not be sent: a header takes no other letters, an address no half of one.
  if (!/^[!-~]*$/.test((token ?? '') + (threadId ?? ''))) return null;
  const asking =
    'asking' in value && Array.isArray(value.asking) ? value.asking.slice(0, MOST_ASKING).flatMap(question) : [];
  const consent = 'consent' in value && value.consent === true;
  return { token, threadId, ...(consent && { consent }), ...(asking[0] && { asking }) };
}

function isText(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}

/** None for what is no question. */
function question(value: unknown): Question[] {
  if (typeof value !== 'object' || value === null) return [];
  const { clientMessageId, text, createdAt, replaces } = value as Partial<Question>;
  if (typeof clientMessageId !== 'string' || typeof text !== 'string' || typeof createdAt !== 'number') return [];
  return [{ clientMessageId, text, createdAt, ...(typeof replaces === 'string' && { replaces }) }];
}
