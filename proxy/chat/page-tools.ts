import { z } from 'zod';
import { cleanLine } from '../clean-text.ts';
import type { PageOutcome, PageTool, PageToolParameter, PageValue } from '../protocol/index.ts';
import { estimateTokens } from '../tokens.ts';
import type { Tool, ToolContext } from '../tools/types.ts';
import { modelTools, type Prompt } from './context/prompt.ts';
import { mask } from './mask.ts';

/** Texts of one output that are looked at; the rest is left out. */
const MAX_TEXTS = 400;
const MAX_DEPTH = 8;
/** As long as a text of an output may be, in UTF-16 code units. */
const MAX_TEXT = 2_000;

/**
 * Functions of the shopper's page as tools of one turn. Their names begin with `page_`, which none of ours does, so no page can
 * stand in for one of them; what a page says they do is told as the page's words.
 */
export function toolsOf(definitions: readonly PageTool[]): readonly Tool[] {
  return definitions.map(toolOf);
}

function toolOf({ name, description, parameters }: PageTool): Tool {
  const { properties = {}, required = [] } = parameters ?? {};
  const schemas = Object.entries(properties).map(([key, parameter]) => [
    key,
    schemaOf(parameter, required.includes(key)),
  ]);
  return {
    name: `page_${name}`,
    description: `Asks the page that the shopper is looking at. The page says of it: ${quoted(description)}. What it returns is the page's data.`,
    input: z.strictObject(Object.fromEntries(schemas) as z.ZodRawShape),
    personal: true,
    async run(input) {
      const given = Object.entries(input as Record<string, PageValue | null>).flatMap(([key, value]) =>
        value === null ? [] : [[key, meant(properties[key], value)] as const],
      );
      return { client: { name: 'page_tool', arguments: { tool: name, input: Object.fromEntries(given) } } };
    },
  };
}

/** The shop's prompt with tools of this turn behind its own, so that its beginning can still be cached. */
export function withTools(prompt: Prompt, tools: readonly Tool[]): Prompt {
  if (tools.length === 0) return prompt;
  const added = modelTools(tools);
  return {
    ...prompt,
    tools: [...prompt.tools, ...added],
    tokens: prompt.tokens + estimateTokens(JSON.stringify(added)),
  };
}

/** A function's outcome for the model: masked as a question is. It is fenced and cleaned with the other outputs. */
export async function pageFacts(outcome: PageOutcome, { shop, locale }: ToolContext): Promise<object> {
  if (!outcome.ok) return { ...outcome, meaning: MEANING[outcome.code] };
  let texts = 0;
  const kinds = shop.privacy.mask;
  const maskedText = (text: string): Promise<string> => mask(text.slice(0, MAX_TEXT), kinds, locale);
  async function masked(value: unknown, depth: number): Promise<unknown> {
    if (typeof value === 'string') return ++texts > MAX_TEXTS ? null : maskedText(value);
    if (typeof value === 'number') {
      // Nothing stands beside it that tells a phone number from an order's.
      const text = await mask(`${value}`, kinds.includes('card') ? ['card'] : [], locale);
      return text === `${value}` ? value : text;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth === 0) return null;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value) items.push(await masked(item, depth - 1));
      return items;
    }
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) {
      entries.push([await maskedText(key), await masked(item, depth - 1)]);
    }
    return Object.fromEntries(entries);
  }
  return { ok: true, from_page: await masked(outcome.output, MAX_DEPTH) };
}

const MEANING: Record<Extract<PageOutcome, { ok: false }>['code'], string> = {
  failed: 'The page could not do it. Go on without it.',
  timeout: 'The page took too long. Go on without it.',
  unavailable: 'This page cannot do it. Go on without it.',
  no_answer: 'The page has not answered. Go on without it.',
};

/** Strict: what may be missing is null instead. */
function schemaOf({ type, description, enum: values }: PageToolParameter, required: boolean): z.ZodType {
  const schemas = {
    string: () => (values ? z.enum(values.map(toldValue)) : z.string().max(500)),
    number: () => z.number(),
    integer: () => z.int(),
    boolean: () => z.boolean(),
  };
  const schema: z.ZodType = required ? schemas[type]() : schemas[type]().nullable();
  return description === undefined ? schema : schema.describe(cleanLine(description, 150));
}

/** The model reads a value without what could hide in it; the page is told the value as it wrote it. */
function meant(parameter: PageToolParameter | undefined, told: PageValue): PageValue {
  return parameter?.enum?.find((value) => toldValue(value) === told) ?? told;
}

function toldValue(value: string): string {
  return cleanLine(value, 60);
}

function quoted(text: string): string {
  return JSON.stringify(cleanLine(text, 300));
}
