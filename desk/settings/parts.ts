/** What can be changed of a shop, as it is shown: in which part, called what, and how one writes it. Fields that aren't here are shown as JSON. */
import type { FieldSpec, Part } from './fields.ts';

const limitsOf = (payer: string, whose: string): FieldSpec[] => [
  { kind: 'number', field: `limits.${payer}.messages_per_minute`, label: `Messages a minute, ${whose}` },
  { kind: 'number', field: `limits.${payer}.turns_at_once`, label: `Answers at once, ${whose}` },
  { kind: 'number', field: `limits.${payer}.tokens_per_day`, label: `Tokens a day, ${whose}` },
  { kind: 'number', field: `limits.${payer}.usd_per_day`, label: `Dollars a day, ${whose}`, step: 0.01, unit: '$' },
  { kind: 'number', field: `limits.${payer}.usd_per_month`, label: `Dollars a month, ${whose}`, step: 0.01, unit: '$' },
];

const MODEL_EFFORTS = [
  ['', 'As the model has it'],
  ...['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'].map((effort) => [effort, effort] as const),
] as const;

export const PARTS: readonly Part[] = [
  {
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
        title: 'By itself',
        words: 'What the assistant may say beside its button, once a visit, before anybody opens it.',
        fields: [{ kind: 'greetings', field: 'proactive', label: 'Greetings by itself' }],
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
  },
  {
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
  },
  {
    name: 'looks',
    title: 'Looks',
    groups: [
      {
        title: 'Colours',
        words: 'What you leave empty is ours, and goes together. Contrast is reckoned by WCAG 2.2.',
        fields: [
          { kind: 'colour', field: 'theme.accent', label: 'Accent: your brand’s colour' },
          { kind: 'colour', field: 'theme.surface', label: 'Ground' },
          { kind: 'colour', field: 'theme.text', label: 'Text' },
          { kind: 'colour', field: 'theme.muted', label: 'Quiet text' },
          { kind: 'colour', field: 'theme.border', label: 'Lines' },
          { kind: 'dark', field: 'theme.dark', label: 'Colours in the dark' },
          {
            kind: 'choice',
            field: 'theme.color_scheme',
            label: 'Light or dark',
            choices: [
              ['', 'As the page'],
              ['auto', 'As the shopper’s system'],
              ['light', 'Light'],
              ['dark', 'Dark'],
            ],
          },
        ],
      },
      {
        title: 'Shape and place',
        fields: [
          {
            kind: 'choice',
            field: 'theme.position',
            label: 'Corner',
            choices: [
              ['', 'As usual'],
              ['end', 'Right; left in Hebrew and Arabic'],
              ['start', 'Left; right in Hebrew and Arabic'],
            ],
          },
          {
            kind: 'choice',
            field: 'theme.layout',
            label: 'Layout',
            choices: [
              ['', 'As usual'],
              ['float', 'Over the page'],
              ['side', 'As high as the window, at its side'],
              ['inline', 'In the page, where the element stands'],
            ],
          },
          { kind: 'text', field: 'theme.radius', label: 'Corners', placeholder: '16px' },
          {
            kind: 'text',
            field: 'theme.font',
            label: 'Font',
            placeholder: '"Inter", sans-serif',
            hint: 'Left empty: the page’s own.',
          },
          { kind: 'text', field: 'theme.font_size', label: 'Size of text', placeholder: '15px' },
          { kind: 'text', field: 'theme.launcher_size', label: 'Size of the button', placeholder: '56px' },
          {
            kind: 'text',
            type: 'url',
            field: 'theme.logo_url',
            label: 'Address of your logo',
            placeholder: 'https://shop.example/logo.svg',
          },
        ],
      },
    ],
  },
  {
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
  },
  {
    name: 'models',
    title: 'Models and limits',
    groups: [
      {
        title: 'Models',
        words: 'Those that your operator lets you choose from.',
        fields: [
          { kind: 'models', none: false, field: 'model.name', label: 'Answers questions' },
          { kind: 'choice', field: 'model.reasoning_effort', label: 'How long it thinks', choices: MODEL_EFFORTS },
          {
            kind: 'number',
            field: 'model.temperature',
            label: 'Temperature',
            step: 0.1,
            hint: '0 to 2; left empty: the model’s own.',
          },
          { kind: 'models', none: true, field: 'cheaper_model.name', label: 'When little is left of the budget' },
          { kind: 'models', none: true, field: 'fallback_model.name', label: 'When the first can’t answer' },
        ],
      },
      {
        title: 'What the whole shop may use',
        words: 'Empty is no limit, where your operator allows it.',
        fields: [
          ...limitsOf('shop', 'the shop'),
          {
            kind: 'checks',
            field: 'limits.when_spent',
            label: 'When the budget is used up',
            choices: [
              ['cheaper_model', 'keep the last fifth for the cheaper model'],
              ['search', 'answer with search alone'],
              ['contact', 'show how to reach you'],
            ],
          },
        ],
      },
      { title: 'What one visitor may use', fields: limitsOf('visitor', 'one visitor') },
      { title: 'What one address may use', fields: limitsOf('address', 'one address') },
      {
        title: 'Conversations',
        fields: [
          { kind: 'number', field: 'limits.threads_per_visitor', label: 'Conversations a visitor keeps' },
          { kind: 'number', field: 'limits.messages_per_thread', label: 'Messages in one conversation' },
          { kind: 'number', field: 'limits.message_length', label: 'Characters in one message' },
          { kind: 'number', field: 'limits.context_tokens', label: 'Tokens that the model reads at most' },
        ],
      },
    ],
  },
  {
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
  },
];
