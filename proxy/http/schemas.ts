import type { Context } from 'hono';
import { z } from '@hono/zod-openapi';
import { ChatError } from '../errors.ts';
import {
  CART_ERROR_CODES,
  FEEDBACK_REASONS,
  PAGE_ERROR_CODES,
  type AdditionRequest,
  type ChatRequest,
  type ContactRequest,
  type FeedbackRequest,
  type PageTool,
  type SessionRequest,
  type SyncRequest,
  type ThreadChange,
  type ToolResultRequest,
} from '../protocol/index.ts';
import { MAX_PAGE_OUTPUT, MAX_PAGE_TOOLS, pageToolProblem } from '../protocol/page-tool-rules.ts';
import { nestsDeeper } from './json-depth.ts';
import { exactly } from './openapi/exactly.ts';
import { problemsOf } from './problem-words.ts';

/** What no keyboard writes: control characters, line breaks and tabs apart. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** Blanks, and characters that only shape their neighbours. */
const INVISIBLE = /^[\s\p{Cf}]*$/u;

/** A language tag that `Intl` takes; anything else counts as not given, since it only chooses how things are shown. */
export const locale = z
  .string()
  .max(35)
  .refine((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  })
  .optional()
  .catch(undefined)
  .openapi({ type: 'string', example: 'he' });

export function localeOf(text: string | undefined): string | undefined {
  return locale.parse(text);
}

export const sessionRequest = exactly<SessionRequest>()(
  z.object({
    shop: z.string().min(1).max(64),
    consent: z.boolean().exactOptional(),
    // Some shops put a profile into their tokens; eight thousand characters are plenty.
    identity: z.string().max(8_192).exactOptional(),
    preview: z.string().max(1_024).exactOptional(),
  }),
);

const clientMessageId = z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, "_" or "-"');

const money = z.object({ amount: z.int().min(-1e15).max(1e15), currency: z.string().regex(/^[A-Z]{3}$/) });
const line = z.string().max(500).transform(plain);
const cart = z.object({
  count: z.int().min(0).max(1e6),
  items: z.array(z.object({ title: line, quantity: z.number().min(0).max(1e6), price: money.exactOptional() })).max(50),
  total: money.exactOptional(),
});

/** Pages are written by anybody; what is only too long is cut (chat/page-context.ts). */
const pageText = z.string().max(2_000);
const pageContext = z.object({
  url: pageText.exactOptional(),
  title: pageText.exactOptional(),
  products: z
    .array(
      z.object({
        name: pageText.exactOptional(),
        sku: pageText.exactOptional(),
        url: pageText.exactOptional(),
        price: z.union([z.string().max(40), z.number()]).exactOptional(),
        currency: z.string().max(40).exactOptional(),
      }),
    )
    .max(50)
    .exactOptional(),
  cart: cart.exactOptional(),
});

const pageTools = z
  .array(
    z
      .custom<PageTool>()
      .superRefine((tool, check) => {
        const message = pageToolProblem(tool);
        if (message !== null) check.addIssue({ code: 'custom', message });
      })
      .openapi('PageTool', {
        type: 'object',
        required: ['name', 'description'],
        properties: {
          name: { type: 'string', example: 'find_store' },
          description: { type: 'string', example: 'Finds the nearest shop of a town.' },
          parameters: { type: 'object', description: 'A part of JSON Schema: docs/protocol.md.' },
        },
      }),
  )
  .max(MAX_PAGE_TOOLS)
  .refine((tools) => new Set(tools.map(({ name }) => name)).size === tools.length, 'must have a name each');

export const chatRequest = exactly<ChatRequest>()(
  z.object({
    message: z.string(),
    thread_id: z.string().max(64).nullable(),
    client_message_id: clientMessageId,
    locale,
    replaces: clientMessageId.exactOptional(),
    context: pageContext.exactOptional(),
    tools: pageTools.exactOptional(),
  }),
);

/** UTF-16 code units. */
export const MAX_CONTACT_NAME = 80;
export const MAX_CONTACT_MESSAGE = 4_000;

export const contactRequest = exactly<ContactRequest>()(
  z.object({
    client_message_id: clientMessageId,
    name: z.string().max(MAX_CONTACT_NAME, `must be ${MAX_CONTACT_NAME} characters at most`).default(''),
    email: z.string().trim().max(200, 'must be 200 characters at most').pipe(z.email('must be an e-mail address')),
    message: z.string(),
    thread_id: z.string().max(64).exactOptional(),
    locale,
  }),
);

export const toolResult = z.object({
  call_id: z.string().min(1).max(64),
  result: z.union([
    z.object({
      ok: z.literal(true),
      output: z
        .json()
        .refine(
          (output) => JSON.stringify(output).length <= MAX_PAGE_OUTPUT,
          `must be ${MAX_PAGE_OUTPUT} characters of JSON at most`,
        )
        .openapi({
          type: ['string', 'number', 'boolean', 'object', 'array', 'null'],
          description: 'What the function of the page returned, as JSON.',
        }),
    }),
    z.object({
      ok: z.literal(true),
      cart: cart.exactOptional(),
      // What is too long for the one above is no outcome of the cart either.
      output: z.never().exactOptional().openapi({ type: 'null', description: 'Not with a cart.' }),
    }),
    z.object({ ok: z.literal(false), code: z.enum(CART_ERROR_CODES) }),
    z.object({ ok: z.literal(false), code: z.enum(PAGE_ERROR_CODES) }),
  ]),
}) satisfies z.ZodType<ToolResultRequest>;

/** UTF-16 code units. */
export const MAX_COMMENT = 500;

export const feedbackRequest = exactly<FeedbackRequest>()(
  z.discriminatedUnion('rating', [
    z.object({
      rating: z.enum(['up', 'down']),
      reason: z.enum(FEEDBACK_REASONS).exactOptional(),
      comment: z.string().max(MAX_COMMENT, `must be ${MAX_COMMENT} characters at most`).exactOptional(),
    }),
    z.object({ rating: z.null() }),
  ]),
);

export const additionRequest = exactly<AdditionRequest>()(
  z.object({
    addition_id: z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, - and _'),
    product_id: z.int(),
    quantity: z.int().min(1).max(999),
  }),
);

export const syncRequest = exactly<SyncRequest>()(
  z.object({
    shop: z.string().min(1).max(64),
    full: z.boolean().exactOptional(),
  }),
);

export const threadChange = exactly<ThreadChange>()(
  z.object({
    title: z
      .string()
      .transform(plain)
      .refine((title) => !INVISIBLE.test(title) && [...title].length <= 80, 'must be 1 to 80 characters'),
  }),
);

/** Deeper than anything that is sent here; the widget's own requests nest once. */
const MAX_DEPTH = 20;

/**
 * The body of a request, checked.
 * @throws ChatError `unsupported_media_type`, `invalid_json`, or `invalid_request` with every problem and its path
 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const type = c.req.header('content-type')?.split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ChatError('unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
  }
  let json: unknown;
  const text = await c.req.text();
  if (nestsDeeper(text, MAX_DEPTH)) {
    throw new ChatError('invalid_request', `The body nests deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ChatError('invalid_json', 'The body is not valid JSON.', { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new ChatError('invalid_request', problemsOf(parsed.error.issues, json));
  }
  return parsed.data;
}

/**
 * The shopper's text, without blanks around it and within the limit. Half a surrogate pair and NUL are mended here: a
 * provider may refuse them, and as part of the thread they would be sent again with every later question.
 */
export function checkMessage(message: string, maxLength = Infinity): string {
  const text = plain(message);
  if (INVISIBLE.test(text)) throw new ChatError('message_empty', 'The message is empty.');
  if (text.length > maxLength) {
    throw new ChatError(
      'message_too_long',
      `The message has ${text.length} characters; at most ${maxLength} are taken.`,
    );
  }
  return text;
}

function plain(text: string): string {
  return text.toWellFormed().replace(CONTROL, '').trim();
}
