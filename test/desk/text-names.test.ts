import { expect, test } from 'vitest';
import { textNames } from '../../desk/settings/text-names.ts';
import { en } from '../../widget/i18n/en.ts';
import { ownWords } from '../../widget/i18n/own-words.ts';

test('each name is one that the widget takes, wherever it says the text', () => {
  const names = textNames();
  expect(names.length).toBeGreaterThan(150);
  const own = Object.fromEntries(names.map(({ name }) => [name, `Our ${name}`]));
  const said = textNames(ownWords({}, en, 'en', { en: own }));
  expect(said).toEqual(names.map(({ name }) => ({ name, text: `Our ${name}` })));
});

test('what is filled in stands in braces', () => {
  const texts = new Map(textNames().map(({ name, text }) => [name, text]));
  expect(texts.get('placeholder')).toBe(en.placeholder);
  expect(texts.get('rating')).toBe('Rated {value} out of 5, {n} reviews');
  expect(texts.get('about.leaveOut')).toBe('Leave out: {product}');
  for (const text of texts.values()) expect(text).not.toMatch(/undefined|NaN|\[object/);
});
