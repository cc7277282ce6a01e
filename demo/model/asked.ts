import type { Language } from './words.ts';

/** A function of the shop's page. */
export interface PageTool {
  name: string;
  description: string;
  /** What goes into it, each with the values that can be chosen; none where it can be anything. */
  properties: Readonly<Record<string, readonly string[]>>;
}

export interface Asked {
  /** The shopper's messages, the last one last. */
  said: readonly string[];
  /** What was answered before. */
  answers: readonly string[];
  language: Language;
  mayCall(name: string): boolean;
  pageTools: readonly PageTool[];
  /** What a tool answered in this turn, oldest first; null where it failed. */
  outputs(name: string): (object | null)[];
}

/** A tool to call, or what to say. */
export type Step = { call: string; input: object } | { say: string };
