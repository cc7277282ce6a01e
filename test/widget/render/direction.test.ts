import { expect, test } from 'vitest';
import { directionOf } from '../../../widget/render/direction.ts';

test.each([
  'Hello! How can I help?',
  '**כיסא** is a chair.',
  '**כיסא אוכל גבוה לתינוק דגם פרימיום** is in stock.',
  'I found **מיטה אורתופדית לכלבים גדולים** and **מזון יבש לכלבים בוגרים**. Both are in stock.',
  'The כיסא אוכל גבוה לתינוק דגם פרימיום is in stock.',
  'מיטה אורתופדית לכלבים is the softer one, and it is washable.',
  'Yes, **מיטה אורתופדית לכלבים גדולים',
  'Here are two beds:\n\n- **מיטה אורתופדית לכלבים גדולים** – ₪249\n- **מיטת חורף רכה לחתולים** – ₪129',
  'Here are three:\n\n- מיטה אורתופדית לכלבים – ₪249\n- מיטת חורף רכה לחתולים – ₪129\n- מיטת קיץ מתקפלת – ₪89',
  '1. [מזון יבש לחתולים](https://shop.example/a) – good for older cats\n2. [מזון רטוב לגורים](/b) – for kittens',
  'For your dog I recommend “מזון יבש לכלבים בוגרים בטעם סלמון”.',
  'The shop calls it "חול מתגבש לחתולים בניחוח לבנדר".',
  'Our policy says: החזרות מתקבלות תוך 14 יום. That means you have two weeks.',
  '| Name | Price |\n|---|---|\n| מיטה אורתופדית לכלבים גדולים | ₪249 |\n\nThe first is larger.',
  '### מיטה אורתופדית לכלבים גדולים\nA soft bed that can be washed.',
  '**طعام جاف للقطط البالغة بالسلمون** is made for adult cats.',
  'Это **מיטה אורתופדית לכלבים** для больших собак.',
  '**猫用ベッド**は在庫があります。',
])('runs from left to right: %s', (answer) => {
  expect(directionOf(answer)).toBe('ltr');
});

test.each([
  'שלום! איך אפשר לעזור?',
  '**Royal Canin Kitten** מתאים לגורים.',
  'Royal Canin Sterilised 37 מתאים לחתולים מסורסים.',
  'אני ממליץ על **Royal Canin Maxi Adult Dry Dog Food with Chicken**.',
  'האוכל Complete dry food for adult cats with salmon מתאים לחתול שלך.',
  'הנה שלוש:\n\n- Royal Canin Sterilised 37 – ₪189\n- Hill’s Science Plan Adult – ₪149\n- Purina Pro Plan – ₪169',
  '- **Royal Canin Sterilised** – לחתולים מסורסים\n- **Hill’s Science Plan** – לחתולים בוגרים',
  'כן, iPhone 15 Pro Max 256GB במלאי.',
  'המוצר "KONG Classic Dog Toy Large Red" במלאי.',
  'הגובה 40 ס"מ, KONG Classic Large הוא 10 ס"מ.',
  'יש לנו [Orthopaedic bed for big old dogs](https://shop.example/a-very-long-address) במבצע.',
  '**Royal Canin** הוא מזון יבש. הוא מתאים ל-cats בלבד.',
  '| שם | מחיר |\n|---|---|\n| Royal Canin Sterilised Adult | ₪189 |\n\nהראשון זול יותר.',
  '### Royal Canin Kitten\nמזון יבש לגורי חתולים.',
  'نعم، **Royal Canin Kitten Dry Food** متوفر.',
  'Royal Canin Kitten Dry Food متوفر الآن.',
  'إليك خيارين:\n\n- KONG Classic Large\n- KONG Puppy Small Blue',
  '**Adult Dry Food**: מיועד לכלבים.',
])('runs from right to left: %s', (answer) => {
  expect(directionOf(answer)).toBe('rtl');
});

test('a text without letters, or of names alone, has the direction of what there is', () => {
  expect(['', '₪249', '**Royal Canin**', '**כיסא**'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'rtl']);
});
