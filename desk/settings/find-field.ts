import type { FieldSpec, Part } from './fields.ts';
import { PARTS } from './parts.ts';

export const SPECS: ReadonlyMap<string, FieldSpec> = new Map(
  PARTS.flatMap(({ groups }) => groups.flatMap(({ fields }) => fields.map((spec) => [spec.field, spec] as const))),
);

/** `theme.dark.accent` → "Colours in the dark", as an owner knows it. */
export function labelOf(path: string): string {
  for (let field = path; field; field = field.slice(0, Math.max(0, field.lastIndexOf('.')))) {
    const spec = SPECS.get(field);
    if (spec) return spec.label;
  }
  return path;
}

/** Where a problem is to be mended; the first part where it stands nowhere. */
export function partOf(path: string): Part {
  const has = ({ groups }: Part) =>
    groups.some(({ fields }) => fields.some(({ field }) => path === field || path.startsWith(`${field}.`)));
  return PARTS.find(has) ?? PARTS[0]!;
}
