import type { Part } from '../fields.ts';

/** What the assistant knows, and how it speaks. */
export const answers: Part = {
  name: 'answers',
  title: 'Answers',
  groups: [
    {
      title: 'What it knows and how it speaks',
      fields: [
        {
          kind: 'text',
          long: true,
          field: 'prompt',
          label: 'Instructions',
          most: 20_000,
          hint: 'Tell it about your shop as you would tell a new colleague: what you sell, what to recommend, what never to promise. It pays to be short; it is read with every question.',
        },
        { kind: 'text', field: 'tone', label: 'Tone', most: 500, placeholder: 'warm, brief, no jargon' },
        {
          kind: 'knowledge',
          field: 'knowledge',
          label: 'Short texts it knows by heart',
          hint: 'Delivery, returns, opening times. 20 kB in all; for anything longer there is Documents.',
        },
      ],
    },
    {
      title: 'What it may do',
      fields: [
        { kind: 'tools', field: 'tools', label: 'Abilities' },
        {
          kind: 'yes',
          field: 'topic_guard',
          label: 'Turn down what has nothing to do with the shop',
          hint: 'Homework and code are declined before any model is asked.',
        },
        {
          kind: 'yes',
          field: 'page_context',
          label: 'Know which page the shopper is on',
        },
        {
          kind: 'cache',
          field: 'answer_cache',
          label: 'Minutes for which an answer is told again',
          hint: 'To others who begin with the same question. 0 is never.',
        },
      ],
    },
  ],
};
