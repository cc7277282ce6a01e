/** A shop that this proxy serves. */
export interface Shop {
  slug: string;
  name: string;
  /** BCP 47 */
  locale: string;
  /** Pages that may use this shop's assistant: exact origins. The proxy's own origin always may. */
  origins: readonly string[];
  /** What the owner wants the assistant to know and to be like; follows our own rules in the prompt. */
  prompt: string;
  greeting: Record<string, string>;
  prompts: Record<string, string[]>;
  accent?: string;
  /** Model to ask. */
  model: string;
  /** Path of the catalogue file. */
  catalogFile: string;
}

export interface Shops {
  bySlug(slug: string): Shop | undefined;
  all(): readonly Shop[];
}
