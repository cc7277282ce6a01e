import { readdirSync } from 'node:fs';
import path from 'node:path';
import { variableAt } from '../proxy/shops/environment.ts';

export { createDemoStores } from './carts/index.ts';
export { startDemoModel } from './model/index.ts';

/** The stores: their slug, the kind of cart that their pages have, and what is theirs under /demo/. */
const STORES = [
  { slug: 'demo', cart: { kind: 'event', url: '/demo/?cart' }, catalog: 'shop/catalog.json' },
  {
    slug: 'demo-woocommerce',
    cart: { kind: 'woocommerce', url: '/demo/woocommerce/?cart' },
    catalog: 'shop/woocommerce/catalog.json',
  },
  { slug: 'demo-shopify', cart: { kind: 'shopify', url: '/demo/shopify/?cart' }, catalog: 'shop/shopify/catalog.json' },
];

/** What Pippalo has written down; `documents/build/` makes those that aren't text. */
const DOCUMENTS = readdirSync(path.join(import.meta.dirname, 'documents'))
  .filter((name) => /\.(md|html|csv|pdf|docx)$/.test(name))
  .toSorted()
  .map((name) => ({ file: `documents/${name}`, url: `https://pippalo.example/help/${name.replace(/\.\w+$/, '')}` }));

/**
 * Pippalo, the pet shop under /demo/, in the form of shops/*.json, once for each kind of cart. Nothing but this project has
 * ever heard of it.
 * @param limits as the environment has them
 */
export function demoShops(limits: Record<string, unknown> = {}) {
  return STORES.map(({ slug, cart, catalog }) => ({
    settings: 'demo/index.ts',
    slug,
    folder: import.meta.dirname,
    place: variableAt,
    values: { ...PIPPALO, cart, documents: DOCUMENTS, catalog: { type: 'file', file: catalog }, ...limits },
  }));
}

const PIPPALO = {
  name: 'Pippalo',
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
  theme: { accent: '#1f6b57' },
  page_context: true,
};
