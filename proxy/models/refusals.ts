import { APIError } from 'openai';
import type { Capabilities } from './types.ts';

/** Of a request's body, on either wire, what the lessons look at. */
interface Sent {
  tools?: readonly object[] | null;
  messages?: readonly { role?: string }[];
  reasoning_effort?: string | null;
}

/** Field that a server may refuse → what is then known of it. */
const FIELDS: Readonly<Record<string, (known: Capabilities) => Partial<Capabilities>>> = {
  include: ({ encryptedReasoning }) => (encryptedReasoning ? { encryptedReasoning: false } : { fileSearch: false }),
  max_tool_calls: () => ({ fileSearch: false }),
  prompt_cache_key: () => ({ promptCacheKey: false }),
  safety_identifier: () => ({ safetyIdentifier: false }),
  stream_options: () => ({ usageInStream: false, obfuscation: false }),
  parallel_tool_calls: () => ({ parallelToolCalls: false }),
  tool_choice: () => ({ toolChoice: false }),
  temperature: () => ({ temperature: false }),
  reasoning: () => ({ reasoningEfforts: [] }),
  reasoning_effort: () => ({ reasoningEfforts: [] }),
  max_tokens: () => ({ maxTokensField: 'max_completion_tokens' }),
  max_completion_tokens: () => ({ maxTokensField: 'max_tokens' }),
};

/** "max_tokens is too large" is about the value. */
const UNKNOWN_WORDS = /un(supported|known|recognized|expected)|n[o']t (supported|permitted|allowed)|extra|cannot find/i;

/**
 * What an answer with status 400 or 422 teaches about the server; undefined for what is wrong for another reason. A lesson
 * is only for what the body has, so the next body is another one.
 */
export function lessonOf(error: unknown, body: object, known: Capabilities): Partial<Capabilities> | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined;
  const { message } = error;
  const param = typeof error.param === 'string' ? error.param : '';
  const { tools, messages, reasoning_effort: effort } = body as Sent;
  if (tools && effort !== 'none' && /tools with reasoning/i.test(message)) {
    return { reasonsWithTools: false, reasoningEfforts: [...known.reasoningEfforts, 'none'] };
  }
  if (tools && known.strictTools && (param || quoted(message, 'strict')).endsWith('.strict'))
    return { strictTools: false };
  if (messages?.[0]?.role === 'developer' && (param === 'messages[0].role' || /\bdeveloper\b/.test(message))) {
    return { developerRole: false };
  }
  const field = Object.keys(FIELDS).find(
    (name) => name in body && (param === '' ? isRefusedIn(message, name) : isAbout(param, name)),
  );
  if (field === undefined || (field.startsWith('max_') && !UNKNOWN_WORDS.test(message))) return undefined;
  return FIELDS[field]!(known);
}

/** `stream_options.include_obfuscation` is about `stream_options`. */
function isAbout(param: string, field: string): boolean {
  return param === field || param.startsWith(`${field}.`) || param.startsWith(`${field}[`);
}

/** Servers that are no OpenAI's say it in words: `"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"`. */
function isRefusedIn(message: string, field: string): boolean {
  const named = field.includes('_') ? message.includes(field) : quoted(message, field) !== '';
  return named && UNKNOWN_WORDS.test(message);
}

/** `.field` where the message has the field in quotes, else ''. */
function quoted(message: string, field: string): string {
  return new RegExp(`["'\`.]${field}["'\`]`).test(message) && UNKNOWN_WORDS.test(message) ? `.${field}` : '';
}
