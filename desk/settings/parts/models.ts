import type { FieldSpec, Part } from '../fields.ts';

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

/** Which models answer, and what they may use. */
export const models: Part = {
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
};
