/** What options, their values and variants are called in Hebrew: the catalogue is written in English. */
const HEBREW: Readonly<Record<string, string>> = {
  Size: 'גודל',
  Colour: 'צבע',
  Length: 'אורך',
  Pack: 'אריזה',
  Scent: 'ריח',
  Flow: 'ספיקה',
  Power: 'הספק',
  Rose: 'ורוד',
  Grey: 'אפור',
  Coral: 'אלמוג',
  Blue: 'כחול',
  Black: 'שחור',
  White: 'לבן',
  Sage: 'מרווה',
  Lavender: 'לבנדר',
  Stone: 'אבן',
  Teal: 'טורקיז',
  Plum: 'שזיף',
  Unscented: 'ללא ריח',
  'Green tea': 'תה ירוק',
  'One size': 'מידה אחת',
  'l/h': 'ליטר לשעה',
  kg: 'ק"ג',
  g: 'גרם',
  ml: 'מ"ל',
  l: 'ליטר',
  cm: 'ס"מ',
  m: 'מטר',
  W: 'ואט',
  can: 'פחית',
  cans: 'פחיות',
  pouch: "פאוץ'",
  pouches: "פאוצ'ים",
  sticks: 'מקלות',
  sprays: 'שיבולים',
  rolls: 'גלילים',
  chews: 'יחידות',
  mice: 'עכברים',
  balls: 'כדורים',
  plants: 'צמחים',
};

/** "2 kg", "Blue / S"; null for what is the same in both, as "M" is. */
export function inHebrew(text: string): string | null {
  const hebrew = text.replace(/l\/h|Green tea|One size|[A-Za-z]+/g, (word) => HEBREW[word] ?? word);
  return hebrew === text ? null : hebrew;
}
