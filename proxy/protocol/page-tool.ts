/** A function of the shop's page that the model may have called: `ChatRequest.tools`. */
export interface PageTool {
  /** Lower-case letters, digits and `_`, 40 at most. The model knows it as `page_` and this. */
  name: string;
  /** For the model: what it does and when to use it. 300 UTF-16 code units at most. */
  description: string;
  /** What goes into it; left out, nothing. */
  parameters?: PageToolParameters;
}

/** The part of JSON Schema that is taken. */
export interface PageToolParameters {
  type: 'object';
  /** Eight at most. */
  properties: Record<string, PageToolParameter>;
  /** The others may be missing. */
  required?: string[];
}

export interface PageToolParameter {
  type: (typeof PARAMETER_TYPES)[number];
  /** 150 UTF-16 code units at most. */
  description?: string;
  /** Of a string: 20 at most, of 60 UTF-16 code units each. */
  enum?: string[];
}

/** What the model wants called. `input` is as the definition says: nothing missing that is required, and nothing besides. */
export interface PageAct {
  name: 'page_tool';
  arguments: { tool: string; input: Record<string, PageValue> };
}

export type PageValue = string | number | boolean;

/** `output` is JSON, 8,000 characters of it at most. */
export type PageOutcome = { ok: true; output: unknown } | { ok: false; code: PageErrorCode };

/** `failed`: it threw, or gave what is no JSON or too much of it · `timeout` · `unavailable`: this page has no such function · `no_answer`: nobody said how it ended. */
export const PAGE_ERROR_CODES = ['failed', 'timeout', 'unavailable', 'no_answer'] as const;
export type PageErrorCode = (typeof PAGE_ERROR_CODES)[number];

export const PARAMETER_TYPES = ['string', 'number', 'integer', 'boolean'] as const;
