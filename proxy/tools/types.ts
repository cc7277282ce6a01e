import type { z } from 'zod';
import type { Catalog } from '../catalog/types.ts';
import type { ChatEvent } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';

export interface ToolContext {
  shop: Shop;
  catalog: Catalog;
  /** BCP 47: the language to show things in. */
  locale: string;
  signal: AbortSignal;
}

export interface ToolResult {
  /** For the model, which gets it as JSON, cleaned and fenced as data (chat/fence.ts). */
  output: unknown;
  /** For the shopper; sent at once, before the model goes on. */
  events?: ChatEvent[];
}

export interface Tool<Input = unknown> {
  name: string;
  /** For the model: what it does and when to use it. */
  description: string;
  /** Strict: no optional keys, `.nullable()` instead. */
  input: z.ZodType<Input>;
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}
