import { variableAt } from '../proxy/shops/environment.ts';

export { startDemoModel } from './model/index.ts';

/**
 * Pippalo, the pet shop under /demo/, in the form of shops/*.json. Nothing but this project has ever heard of it.
 * @param limits as the environment has them
 */
export function demoShop(limits: Record<string, unknown> = {}) {
  return {
    settings: 'demo/index.ts',
    slug: 'demo',
    folder: import.meta.dirname,
    place: variableAt,
    values: {
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
      theme: { accent: '#1f6b57' },
      catalog: { type: 'file', file: 'shop/catalog.json' },
      ...limits,
    },
  };
}
