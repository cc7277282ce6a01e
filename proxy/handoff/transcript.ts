import { setImmediate } from 'node:timers/promises';
import type { MessageRow, StoredPart } from '../storage/types.ts';

/** UTF-16 code units; of a longer conversation the end is kept, since the message is about that. */
const MAX_LENGTH = 200_000;
/** Messages between which others get their turn. */
const STEP = 50;

/** A conversation as text for a person: who said what and when, and which products were shown. */
export async function transcriptOf(messages: readonly MessageRow[], maxLength = MAX_LENGTH): Promise<string> {
  const paragraphs: string[] = [];
  let length = 0;
  for (const [index, message] of messages.toReversed().entries()) {
    if (index > 0 && index % STEP === 0) await setImmediate();
    const paragraph = paragraphOf(message);
    length += paragraph.length + 2;
    if (length > maxLength) {
      paragraphs.push('[What was said before is left out.]');
      break;
    }
    if (paragraph !== '') paragraphs.push(paragraph);
  }
  return paragraphs.toReversed().join('\n\n');
}

function paragraphOf({ role, parts, createdAt }: MessageRow): string {
  const text = parts
    .map(wordsOf)
    .filter((words) => words !== '')
    .join('\n');
  if (text === '') return '';
  const time = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  return `${role === 'user' ? 'Shopper' : 'Assistant'}, ${time} UTC:\n${text}`;
}

function wordsOf(part: StoredPart): string {
  switch (part.type) {
    case 'text':
      return part.content.trim();
    case 'products':
    case 'comparison':
      return `[Products: ${(part.shown?.map(({ title }) => title) ?? part.ids.map(String)).join(', ')}]`;
    case 'cart':
      return part.added === null ? '' : `[Cart: ${part.added.shown.title}, ${part.outcome.ok ? 'added' : 'not added'}]`;
    case 'citations':
      return `[Sources: ${part.citations.map(({ number, title }) => `${number} ${title}`).join(', ')}]`;
    case 'notice':
    case 'suggestions':
      return '';
  }
}
