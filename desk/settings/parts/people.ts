import type { Part } from '../fields.ts';

/** How shoppers reach the shop. */
export const people: Part = {
  name: 'people',
  title: 'People',
  groups: [
    {
      title: 'How shoppers reach you',
      fields: [
        { kind: 'text', type: 'email', field: 'contact.email', label: 'E-mail' },
        { kind: 'text', type: 'tel', field: 'contact.phone', label: 'Phone', placeholder: '+972 3 555 0100' },
        { kind: 'text', type: 'url', field: 'contact.url', label: 'Page or chat' },
        { kind: 'yes', field: 'contact.form', label: 'A form in the chat to write to you' },
      ],
    },
    { title: 'Opening hours', fields: [{ kind: 'hours', field: 'hours', label: 'When somebody is there' }] },
  ],
};
