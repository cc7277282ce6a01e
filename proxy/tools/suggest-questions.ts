import { z } from 'zod';
import type { Tool } from './types.ts';

const input = z.strictObject({
  questions: z
    .array(z.string())
    .min(1)
    .max(4)
    .describe("One to four questions as the shopper would ask them, in the shopper's language, 60 characters at most"),
});

/** What the shopper may want to ask next, a tap away. It is cleaned and shown when the answer ends (chat/suggestions.ts). */
export const suggestQuestions: Tool<z.infer<typeof input>> = {
  name: 'suggest_questions',
  description:
    'Offers the shopper up to four short questions to ask next, shown as buttons under the answer. Call it together with ' +
    'the text that ends the answer; write nothing after it and do not repeat the questions in the text.',
  input,
  last: true,
  run: async ({ questions }) => ({
    output: {
      kept: questions.length,
      note: 'Shown when the answer ends. If the shopper has no answer yet, write it now.',
    },
    events: [{ type: 'suggestions', data: questions }],
  }),
};
