import { announce } from '../components/announcer.ts';
import { ProductClickEvent, type Source } from '../events.ts';
import type { Talk } from './talk.ts';

export interface Answers {
  source: () => Source;
  /** What the shopper does in the panel ends where the next question is written: the button may be gone. */
  then: (act: unknown) => void;
  contact: () => void;
  /** Of a piece that came with what answers it. */
  later: (intent: Event) => void;
  onKey: (event: KeyboardEvent) => void;
}

/** Answers what the panel's pieces ask for; there are none before there is a conversation. */
export function listen(root: ShadowRoot, talk: Talk, answers: Answers): void {
  const { then } = answers;
  root.addEventListener('intent-send', ({ text }) => then(talk.chat!.send(text)));
  root.addEventListener('intent-stop', () => then(talk.chat!.stop()));
  root.addEventListener('intent-retry', () => {
    const { chat, state } = talk;
    // What failed may be what is to be agreed to: without it, it is asked for again.
    chat!.failBeside(null);
    then(state.messages.length > 0 ? chat!.retry() : chat!.start());
  });
  root.addEventListener('intent-new-thread', () => then(talk.chat!.newThread()));
  root.addEventListener('intent-consent', () => then(talk.chat!.consent()));
  root.addEventListener('intent-product', ({ product }) => {
    root.host.dispatchEvent(new ProductClickEvent(answers.source(), product));
  });
  root.addEventListener('intent-contact', answers.contact);
  root.addEventListener('intent-act', ({ act }) => talk.chat && act(talk.chat));
  root.addEventListener('intent-tell', ({ tell }) => root.host.dispatchEvent(tell(answers.source())));
  root.addEventListener('intent-announce', ({ text }) => announce(root, text));
  for (const what of ['export', 'delete', 'add', 'answer', 'letter']) {
    root.addEventListener(`intent-${what}`, answers.later);
  }
  root.addEventListener('keydown', answers.onKey as EventListener);
}
