import path from 'node:path';
import type { Shop } from '../proxy/shops/types.ts';

export { startDemoModel } from './model/index.ts';

/** Pippalo, the pet shop under /demo/. Nothing but this project has ever heard of it. */
export function demoShop({ model }: { model: string }): Shop {
  return {
    slug: 'demo',
    name: 'Pippalo',
    locale: 'en',
    origins: [],
    prompt:
      'Pippalo is a small pet shop for dogs, cats, small pets, birds and fish. Be warm and brief, as a good shop assistant is. ' +
      'Prices are in Israeli shekels and include VAT. For signs of illness, advise a vet.',
    greeting: {
      en: 'Hi! Tell me about your animal and I’ll find what fits.',
      he: 'היי! ספרו לי על החיה שלכם ואמצא מה שמתאים לה.',
    },
    prompts: {
      en: ['Food for a puppy', 'A bed for a large dog', 'Cat toys under ₪50', 'What is on sale?'],
      he: ['אוכל לגור כלבים', 'מיטה לכלב גדול', 'צעצועים לחתול עד 50 ₪', 'מה במבצע?'],
    },
    accent: '#1f6b57',
    model,
    catalogFile: path.resolve(import.meta.dirname, 'shop/catalog.json'),
  };
}
