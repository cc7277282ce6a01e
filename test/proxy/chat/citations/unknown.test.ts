import { expect, test } from 'vitest';
import { saysUnknown } from '../../../../proxy/chat/citations/unknown.ts';

test.each([
  'I don’t know whether you wrap gifts. Unopened goods can be returned within 30 days.',
  "Our documents don't say that. Delivery takes three days.",
  "I couldn't find anything on engraving.",
  'I do not have that information; the people of the shop do.',
  'אני לא יודעת אם אתם אורזים מתנות. אפשר להחזיר תוך 30 יום.',
  'לצערי אין לי מידע על חריטה.',
  'لا أعرف إن كنتم تغلفون الهدايا.',
  'Das weiß ich leider nicht.',
  'Ich konnte dazu leider nichts Genaues finden, aber ich weiß es auch nicht.',
  'Dat weet ik niet.',
  'Je ne sais pas si vous emballez les cadeaux.',
  'Non lo so, mi dispiace.',
  'Lo siento, no lo sé.',
  'Não sei se embrulham presentes.',
  'Niestety nie wiem.',
  'К сожалению, я не знаю.',
  'На жаль, я не знаю.',
  'Maalesef bunu bilmiyorum.',
  '申し訳ありませんが、わかりません。',
  '抱歉，我不知道。',
])('an answer that does not know: %s', (answer) => {
  expect(saysUnknown(answer)).toBe(true);
});

test.each([
  'Unopened goods can be returned within 30 days.',
  'If you don’t know your dog’s size, measure the chest.',
  'You can’t find it in the app? It stands in the mail.',
  'Don’t use it in the rain.',
  'אם אינכם יודעים את המידה, מדדו את החזה.',
  'Wenn Sie die Größe nicht wissen, messen Sie den Umfang.',
  'Si no sabe la talla, mida el pecho.',
  'サイズは首輪の内側に書いてあります。',
  '如果您需要退货，请保留收据。',
])('an answer that knows: %s', (answer) => {
  expect(saysUnknown(answer)).toBe(false);
});
