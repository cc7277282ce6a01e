import type { Question, SessionMemory } from '../state/session.ts';
import type { ChatState } from '../state/state.ts';
import { TransportError, type Transport } from '../transport/types.ts';

export interface VisitOptions {
  transport: Transport;
  memory: SessionMemory;
  state: () => ChatState;
  /** What has not arrived, to be remembered with all else. */
  questions: () => readonly Question[];
}

/** Who asks: their session at the proxy, and what this browser remembers of them. */
export type Visit = ReturnType<typeof createVisit>;

export function createVisit({ transport, memory, state, questions }: VisitOptions) {
  /** Of who has signed in; null when it is no longer good, undefined for an anonymous visitor. */
  let identity: string | null | undefined;
  /** The transport's session is that of the visitor as they are now. */
  let isOpen = false;
  /** What failed for want of a good identity was tried again with the next one: once, or a bad one would go round for ever. */
  let triedAgain = false;
  let left = false;

  /** Nothing is kept of somebody who never wrote: they have no token, and no question on its way. */
  function remember(threadId: string | null = state().threadId, token: string | null = transport.token): void {
    if (left) return;
    // Without a session, who was here before is still who they are.
    const who = token === null ? memory.load() : { token, threadId };
    const consent = state().agreed && { consent: true as const };
    memory.save({ token: null, threadId: null, ...who, ...consent, asking: questions() });
  }

  return {
    memory,
    remember,
    get isOpen() {
      return isOpen;
    },
    get left() {
      return left;
    },

    /** Nothing is remembered from now on. */
    leave() {
      left = true;
    },

    /** The first question, or a thread of before, takes a session; somebody who only looks has none. */
    async open(signal: AbortSignal): Promise<void> {
      if (isOpen) return;
      if (identity === null) {
        throw new TransportError('identity_invalid', 'The page has to call identify() again.', { retryable: false });
      }
      const token = memory.load()?.token ?? null;
      await transport.session({ token, consent: state().agreed, identity }, signal);
      isOpen = true;
      triedAgain = false;
      remember(state().threadId ?? memory.load()?.threadId);
    },

    /** Somebody was here before, in this page or an earlier one. */
    isKnown: (): boolean => typeof (transport.token ?? memory.load()?.token) === 'string',

    /** @returns whether what failed for want of it is to be tried again */
    identify(jwt: string | null): boolean {
      if (identity === undefined) memory.signIn();
      identity = jwt;
      isOpen = false;
      if (jwt === null || triedAgain) return false;
      const { connection, failure, messages } = state();
      triedAgain = (connection === 'failed' ? failure : messages.at(-1)?.failure)?.code === 'identity_invalid';
      return triedAgain;
    },

    /** Where drafts belong: before the old thread is there, it is what was written about. */
    draftsThread(): string | null {
      const { threadId, connection } = state();
      return threadId ?? (connection === 'ready' ? null : (memory.load()?.threadId ?? null));
    },
  };
}
