/** What pieces ask for that come later, answered by what comes with them. */
import { download, remove } from '../components/keepsake.ts';
import { deliver } from '../components/letter.ts';
import type { LetterIntent } from '../components/letter-intent.ts';
import type { AddIntent, AnswerIntent } from '../components/later-intents.ts';
import type { CartDesk } from '../controllers/cart-desk.ts';
import type { Strings } from '../i18n/index.ts';
import { lastQuestion } from '../state/reducer.ts';
import { HandoffEvent } from '../later-events.ts';
import type { Source } from '../events.ts';
import type { Host, Talking } from './host.ts';

/** What they need of the element. */
export interface Inside {
  host: Host;
  talk: Talking;
  words: Strings;
  source: () => Source;
  desk: CartDesk;
  /** Aborted when the element leaves the page. */
  life: AbortSignal;
  /** The focus goes where the next question is written. */
  goOn(): void;
}

export function answer(intent: Event, inside: Inside): void {
  const { host, talk, words, source, desk, life, goOn } = inside;
  const { chat, state } = talk;
  // Pieces of a conversation that was left just now.
  if (!chat) return;
  switch (intent.type) {
    case 'intent-export':
      void download(chat, `${host.shop}-${state.threadId}.json`);
      break;
    case 'intent-delete':
      void remove(chat, host.renderRoot, words).then((gone) => gone && goOn());
      break;
    case 'intent-add':
      (intent as AddIntent).result = desk.add((intent as AddIntent).addition, life);
      break;
    case 'intent-answer': {
      const { callId, agreed } = intent as AnswerIntent;
      void chat.answerAct(callId, agreed);
      break;
    }
    case 'intent-letter': {
      const asking = intent as LetterIntent;
      asking.about = lastQuestion(state) ?? '';
      asking.talk = state.threadId !== null;
      asking.deliver = async (letter) => {
        const failure = await deliver(chat, letter);
        if (!failure) host.dispatchEvent(new HandoffEvent(source()));
        return failure;
      };
    }
  }
}
