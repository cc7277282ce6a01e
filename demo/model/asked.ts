import type { Language } from './words.ts';

export interface Asked {
  /** The shopper's messages, the last one last. */
  said: readonly string[];
  /** What was answered before. */
  answers: readonly string[];
  language: Language;
  mayCall(name: string): boolean;
  /** What a tool answered in this turn, oldest first; null where it failed. */
  outputs(name: string): (object | null)[];
}

/** A tool to call, or what to say. */
export type Step = { call: string; input: object } | { say: string };
