import { readFileSync } from 'node:fs';
import path from 'node:path';
import { variableAt } from '../proxy/shops/environment.ts';
import { createCarts } from './carts/index.ts';
import { documents } from './examples/document.ts';
import { answerExamples } from './examples/index.ts';

export { startDemoModel } from './model/index.ts';

/** What the demo's pages ask the server for, beside the store's own files; null for everything else. */
export function createDemoStores(): (request: Request) => Promise<Response | null> {
  const carts = createCarts();
  return async (request) => (await answerExamples(request)) ?? carts(request);
}

const OWN_CART = { cart: { kind: 'event', url: '/demo/?cart' }, catalog: 'shop/catalog.json' };

/** What an example shows of its shop's settings. */
function settingsOf(name: string): object {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, `examples/settings/${name}.json`), 'utf8')) as object;
}

/** The stores: their slug, the kind of cart that their pages have, and what is theirs under /demo/. */
const STORES: { slug: string; cart: object; catalog: string; more?: object }[] = [
  { slug: 'demo', ...OWN_CART, more: { ...settingsOf('greeting'), ...settingsOf('page-tools') } },
  {
    slug: 'demo-woocommerce',
    cart: { kind: 'woocommerce', url: '/demo/woocommerce/?cart' },
    catalog: 'shop/woocommerce/catalog.json',
  },
  { slug: 'demo-shopify', cart: { kind: 'shopify', url: '/demo/shopify/?cart' }, catalog: 'shop/shopify/catalog.json' },
  // Of the examples, each with settings that its page shows; none is about documents, which take a while to read.
  { slug: 'demo-theme', ...OWN_CART, more: { ...settingsOf('theme'), documents: [] } },
  { slug: 'demo-consent', ...OWN_CART, more: { ...settingsOf('consent'), documents: [] } },
];

/** What Pippalo has written down; `documents/build/` makes those that aren't text. */
const DOCUMENTS = documents.map((name) => ({ file: `documents/${name}`, url: `/demo/documents/${name}` }));

/**
 * Pippalo, the pet shop under /demo/, in the form of shops/*.json, once for each kind of cart. Nothing but this project has
 * ever heard of it.
 * @param limits as the environment has them
 */
export function demoShops(limits: Record<string, unknown> = {}) {
  return STORES.map(({ slug, cart, catalog, more }) => ({
    settings: 'demo/index.ts',
    slug,
    folder: import.meta.dirname,
    place: variableAt,
    values: { ...PIPPALO, cart, documents: DOCUMENTS, catalog: { type: 'file', file: catalog }, ...more, ...limits },
  }));
}

const PIPPALO = {
  name: 'Pippalo',
  names: { he: 'פיפלו' },
  languages: ['en', 'he'],
  prompt:
    'Pippalo is a small pet shop for dogs, cats, small pets, birds and fish. Be warm and brief, as a good shop assistant is. ' +
    'Prices are in Israeli shekels and include VAT. For signs of illness, advise a vet.',
  greeting: {
    en: 'Hi! Tell me about your animal and I’ll find what fits.',
    he: 'היי! ספרו לי על החיה שלכם ואמצא מה שמתאים לה.',
  },
  starter_prompts: {
    en: ['Food for a puppy', 'A bed for a large dog', 'Cat toys under ₪50', 'What is on sale?'],
    he: ['אוכל לגור כלבים', 'מיטה לכלב גדול', 'צעצועים לחתול עד 50 ₪', 'מה במבצע?'],
  },
  knowledge: [
    {
      title: 'Shipping',
      text: 'Orders go out within one working day and arrive in two to four. Delivery is ₪25, and free from ₪199.',
    },
    {
      title: 'Returns',
      text: 'Unopened goods can be returned within 30 days; food that was opened cannot. The refund takes up to a week.',
    },
    {
      title: 'Opening hours',
      text: 'The shop answers Sunday to Thursday from 9:00 to 18:00, and Friday from 9:00 to 13:00.',
    },
    { title: 'Payment', text: 'Cards, PayPal and Bit are taken. Payment is at the checkout of the shop only.' },
    {
      title: 'משלוחים',
      text: 'הזמנות יוצאות תוך יום עסקים ומגיעות תוך יומיים עד ארבעה. המשלוח עולה 25 ₪, ומ-199 ₪ הוא חינם.',
    },
    {
      title: 'החזרות',
      text: 'אפשר להחזיר מוצר סגור תוך 30 יום; מזון שנפתח אי אפשר להחזיר. ההחזר הכספי מגיע תוך שבוע.',
    },
    { title: 'שעות פתיחה', text: 'אנחנו זמינים בימים ראשון עד חמישי 9:00 עד 18:00, וביום שישי 9:00 עד 13:00.' },
    { title: 'תשלום', text: 'אפשר לשלם בכרטיס אשראי, PayPal ו-Bit, רק בקופה של החנות.' },
  ],
  // A place that doesn't exist has an address that doesn't; messages are kept, and `npm run messages` shows them.
  contact: { email: 'hello@pippalo.example', form: true },
  theme: { accent: '#1f6b57', dark: { accent: '#7cc7ad' } },
  page_context: true,
};
