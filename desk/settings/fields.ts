/** How a field of the settings is written, and what it is called. */

export type Kind =
  | { kind: 'text'; long?: true; most?: number; placeholder?: string; type?: 'email' | 'tel' | 'url' }
  /** One a line. */
  | { kind: 'lines'; placeholder?: string }
  | { kind: 'number'; unit?: string; step?: number }
  | { kind: 'yes' }
  /** `['', …]` leaves it out. */
  | { kind: 'choice'; choices: readonly (readonly [value: string, label: string])[] }
  | { kind: 'checks'; choices: readonly (readonly [value: string, label: string])[] }
  | { kind: 'models'; none: boolean }
  | { kind: 'tools' }
  | { kind: 'colour' }
  | { kind: 'dark' }
  | { kind: 'cache' }
  /** By language: a text, one a line, or `name: text` lines. */
  | { kind: 'languages'; each: 'text' | 'lines' | 'pairs'; most?: number; placeholder?: string }
  | { kind: 'knowledge' }
  | { kind: 'greetings' }
  | { kind: 'hours' }
  | { kind: 'json' };

export type FieldSpec = Kind & { field: string; label: string; hint?: string };

export interface Part {
  name: string;
  title: string;
  /** What belongs together. */
  groups: readonly { title: string; words?: string; fields: readonly FieldSpec[] }[];
}
