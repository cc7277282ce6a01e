import { expect, test } from 'vitest';
import { pickLocale } from '../../../widget/i18n/locale.ts';

test.each([
  [['en_GB'], 'en-GB', 'en'],
  [['iw-IL'], 'iw-IL', 'he'],
  [['fi', undefined, null, '', 'he'], 'he', 'he'],
  [['pt-BR'], 'pt-BR', 'pt'],
  [['zh-TW'], 'zh-TW', 'zh'],
  // Not spoken, and nothing near it is.
  [['no', 'nb-NO'], 'en', 'en'],
  [['fil', 'DE_at'], 'DE-at', 'de'],
  [['ar'], 'ar-u-nu-latn', 'ar'],
  [['ar-EG'], 'ar-EG-u-nu-latn', 'ar'],
  [['en-US@posix'], 'en', 'en'],
  [['en_US.UTF-8'], 'en', 'en'],
  [['he_'], 'he', 'he'],
  [['english'], 'en', 'en'],
])('%j is %s', (candidates, tag, language) => {
  const locale = pickLocale(...candidates);
  expect(locale).toEqual({ tag, language });
  // What it says, `Intl` takes.
  expect(new Intl.NumberFormat(locale.tag).format(1)).toBe('1');
});
