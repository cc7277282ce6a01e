import { expect, test } from 'vitest';
import { questionGroups } from '../../../proxy/knowledge/question.ts';

/** Whether the word of a document is found by the word of a question. */
function finds(asked: string, word: string): boolean {
  return questionGroups(asked).some((forms) => forms.some((form) => word.startsWith(form)));
}

test('looks for what a sentence is about, not for what every sentence has', () => {
  const words = (text: string) => questionGroups(text).map(([word]) => word);
  expect(words('How many days do I have until it has to go back?')).toEqual(['days', 'back']);
  expect(words('איפה החנות שלכם בחיפה')).toEqual(['החנות', 'בחיפה']);
});

test('looks for common words where there are no others', () => {
  expect(questionGroups('how is it going')).not.toEqual([]);
});

test.each([
  ['shipping', 'shipped'],
  ['measuring', 'measure'],
  ['exchanges', 'exchanged'],
  ['deliveries', 'delivery'],
  ['delivery', 'deliveries'],
  ['carried', 'carry'],
  ['washing', 'wash'],
  ['sizing', 'size'],
  ['boxes', 'box'],
])('%s finds %s', (asked, word) => expect(finds(asked, word)).toBe(true));

test.each([
  ['caring', 'carpet'],
  ['glass', 'glad'],
  ['carrier', 'carrot'],
  ['things carry', 'carrot'],
])('%s doesn’t find %s', (asked, word) => expect(finds(asked, word)).toBe(false));
