import type { Part } from '../fields.ts';

/** What is kept of shoppers, and which pages may show the assistant. */
export const privacy: Part = {
  name: 'privacy',
  title: 'Privacy and pages',
  groups: [
    {
      title: 'Privacy',
      fields: [
        { kind: 'yes', field: 'privacy.consent', label: 'Ask before anything is stored or sent' },
        { kind: 'yes', field: 'privacy.disclosure', label: 'Say under the greeting that an AI answers' },
        { kind: 'text', type: 'url', field: 'privacy.policy_url', label: 'Your privacy policy' },
        {
          kind: 'checks',
          field: 'privacy.mask',
          label: 'Take out of shoppers’ messages',
          choices: [
            ['email', 'e-mail addresses'],
            ['phone', 'phone numbers'],
            ['card', 'card numbers'],
          ],
        },
        { kind: 'number', field: 'retention_days', label: 'Days for which conversations are kept' },
      ],
    },
    {
      title: 'Pages',
      fields: [
        {
          kind: 'lines',
          field: 'origins',
          label: 'Addresses that may show the assistant',
          placeholder: 'https://shop.example',
          hint: 'Scheme and host alone, one a line.',
        },
      ],
    },
  ],
};
