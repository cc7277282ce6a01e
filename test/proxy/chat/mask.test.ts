import { describe, expect, test } from 'vitest';
import { mask } from '../../../proxy/chat/mask.ts';
import { MASKED } from '../../../proxy/shops/types.ts';

describe('taken out of a message', () => {
  test.each([
    ['en', 'I am dana.levi+shop@mail.example.co.il, write me', 'I am [email], write me'],
    ['en', 'call +1 (212) 736-5000 please', 'call [phone] please'],
    ['en-US', 'call (212) 736-5000 please', 'call [phone] please'],
    ['en-GB', 'ring 020 7946 0958', 'ring [phone]'],
    ['he', 'הטלפון שלי 052-123-4567 תודה', 'הטלפון שלי [phone] תודה'],
    ['he', '٠٥٢١٢٣٤٥٦٧', '[phone]'],
    ['en', 'my card is 4111 1111 1111 1111, 12/29', 'my card is [card], 12/29'],
    ['en', '5105-1051-0510-5100 and 378282246310005', '[card] and [card]'],
    ['en', '４１１１ １１１１ １１１１ １１１１', '[card]'],
    ['he', 'a@b.co 0521234567 4111111111111111', '[email] [phone] [card]'],
  ])('%s: %s', async (locale, text, masked) => {
    expect(await mask(text, MASKED, locale)).toBe(masked);
  });
});

describe('left where it is', () => {
  test.each([
    ['en', 'order 4155552671 has not come'],
    ['en-US', 'order number: 212-736-5000'],
    ['he', 'הזמנה מספר 0521234567'],
    ['he', 'מק"ט 0521234567'],
    ['en', 'EAN 4006381333931 or 7290012345678'],
    ['en', '1,299.90 or 249 ILS, 60x40x30 cm, 1000 pieces'],
    ['he', 'delivered on 2024-11-21 or 21.11.2024?'],
    ['en', '4111 1111 1111 1112 is no card'],
    ['en', 'SKU 12345-678-90, size 38/40, @home'],
  ])('%s: %s', async (locale, text) => {
    expect(await mask(text, MASKED, locale)).toBe(text);
  });

  test('what the shop does not mask', async () => {
    const text = 'a@b.co 0521234567 4111111111111111';
    expect(await mask(text, [], 'he')).toBe(text);
    expect(await mask(text, ['email'], 'he')).toBe('[email] 0521234567 4111111111111111');
  });
});

test('a long message is masked in pieces that cut no number in two', async () => {
  const words = 'Please call me about the bed. ';
  for (let before = 960; before < 1_010; before++) {
    const padding = words.repeat(40).slice(0, before);
    const text = `${padding} on 052-123-4567 or by mail to dana@mail.example today. ${words.repeat(30)}`;
    const masked = await mask(text, MASKED, 'he');
    expect(masked).toBe(text.replace('052-123-4567', '[phone]').replace('dana@mail.example', '[email]'));
  }
});
