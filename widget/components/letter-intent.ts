import type { Letter } from '../controllers/types.ts';
import type { Failure } from '../state/state.ts';

/**
 * Somebody begins to write to the people of the shop: whoever has the conversation says what it was about, and takes the
 * letter. One of the intents, but of a piece that comes later.
 */
export class LetterIntent extends Event {
  /** The shopper's last question; '' before the first. */
  about = '';
  /** There is a conversation that could go along. */
  talk = false;
  /** Resolves with null when the shop has it. */
  deliver: ((letter: Letter) => Promise<Failure | null>) | undefined;

  constructor() {
    super('intent-letter', { bubbles: true });
  }
}
