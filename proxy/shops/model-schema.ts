/** How a shop's file names a model, and a test of several. */
import { z } from 'zod';
import { REASONING_EFFORTS, WIRES } from '../models/types.ts';
import { noTwice, secret } from './schema-values.ts';

const yesOrNo = z.boolean().optional();
/** What is left out is as our table of models has it. */
const capabilities = z.strictObject({
  temperature: yesOrNo,
  reasoning_efforts: z.array(z.enum(REASONING_EFFORTS)).max(REASONING_EFFORTS.length).superRefine(noTwice).optional(),
  reasons_with_tools: yesOrNo,
  strict_tools: yesOrNo,
  encrypted_reasoning: yesOrNo,
  file_search: yesOrNo,
  counts_input: yesOrNo,
  usage_in_stream: yesOrNo,
  obfuscation: yesOrNo,
  developer_role: yesOrNo,
  max_tokens_field: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  parallel_tool_calls: yesOrNo,
  tool_choice: yesOrNo,
  prompt_cache_key: yesOrNo,
  safety_identifier: yesOrNo,
  thinks_first: yesOrNo,
});

const price = z.number().min(0).max(100_000);
export const model = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  base_url: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://api.openai.com/v1' })
    .max(2_000)
    .optional(),
  api_key: secret.optional(),
  wire: z.enum(WIRES).optional(),
  capabilities: capabilities.optional(),
  /** Both are left to the provider unless given, and only sent to a model that takes them. */
  reasoning_effort: z.enum(REASONING_EFFORTS).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** US dollars for a million tokens; cached input costs as much as other input unless it is given. */
  prices: z
    .strictObject({ input: price, cached_input: price.optional(), cache_write: price.optional(), output: price })
    .optional(),
});

const arm = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be lower-case letters, digits, "-" and "_", such as terra'),
  weight: z.number().gt(0).max(1_000_000).default(1),
  model: model.extend({ name: z.string().min(1).max(200) }),
});
export const modelTest = z.strictObject({
  arms: z
    .array(arm)
    .min(2)
    .max(8)
    .superRefine((arms, context) => {
      if (new Set(arms.map(({ name }) => name)).size < arms.length) context.addIssue('has two arms of the same name');
    }),
});
