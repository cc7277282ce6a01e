import type { Part } from '../fields.ts';

/** What shoppers read. */
export const words: Part = {
  name: 'words',
  title: 'Words',
  groups: [
    {
      title: 'What shoppers read first',
      fields: [
        { kind: 'text', field: 'name', label: 'Name of the shop', most: 80 },
        {
          kind: 'languages',
          each: 'text',
          field: 'names',
          label: 'Name in other languages',
          most: 80,
          hint: 'Where shoppers of that language know the shop by another spelling.',
        },
        {
          kind: 'languages',
          each: 'text',
          field: 'greeting',
          label: 'Greeting',
          most: 500,
          hint: 'Stands in the empty chat, in the shop’s own voice.',
        },
        {
          kind: 'languages',
          each: 'lines',
          field: 'starter_prompts',
          label: 'Questions to begin with',
          hint: 'One a line, four at most, 80 characters each. Shoppers press them.',
        },
        {
          kind: 'lines',
          field: 'languages',
          label: 'Languages',
          placeholder: 'en',
          hint: 'Their short names, one a line: en, he, pt-BR. The first is used where neither page nor shopper say one.',
        },
      ],
    },
    {
      title: 'Greetings beside the button',
      words: 'What the assistant may say beside its button, once a visit, before anybody opens it.',
      fields: [{ kind: 'greetings', field: 'proactive', label: 'Greetings' }],
    },
    {
      title: 'Texts of the chat',
      fields: [
        {
          kind: 'languages',
          each: 'pairs',
          field: 'strings',
          label: 'Your own words in place of ours',
          hint: 'One a line: the name of the text, a colon, your words, as in “placeholder: Ask us anything”.',
        },
      ],
    },
  ],
};
