/** What the forms of all kinds of fields have in common. */
import type { Draft } from './draft.ts';
import type { FieldSpec } from './fields.ts';

export interface Edit<S extends FieldSpec = FieldSpec> {
  spec: S;
  draft: Draft;
  /** Not this owner's to change. */
  locked: boolean;
  /** Something is wrong with it. */
  wrong: boolean;
}

/** A field of one kind. */
export type Of<K extends FieldSpec['kind']> = Edit<Extract<FieldSpec, { kind: K }>>;

export function valueIn(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

/** The text of one input as it was typed, where it was; else what its value is written as. */
export function typed(draft: Draft, key: string, usual: string): string {
  return draft.raw.get(key) ?? usual;
}

/** Attributes that all have: what it is called, and what is said of it. */
export const idOf = (spec: FieldSpec): string => `f-${spec.field.replaceAll('.', '-')}`;
export const aboutOf = (spec: FieldSpec): string => `${idOf(spec)}-about`;

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Of a value that may be none yet. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
