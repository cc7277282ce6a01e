import { CAPPED, isDeskField, MODEL_NAMES } from './desk-fields.ts';
import type { DeskChanges } from './types.ts';

type Values = Record<string, unknown>;

/** A shop's values with the desk's over them; neither is changed. */
export function overlaid(values: unknown, changes: DeskChanges): unknown {
  if (!isObject(values)) return values;
  const result = structuredClone(values);
  for (const [field, value] of Object.entries(changes)) {
    if (!isDeskField(field)) continue;
    if (MODEL_NAMES.has(field) && value !== at(values, field)) forgetOther(result, field, value);
    // Null is no limit there, and "none" of everything else.
    if (value === null && !CAPPED.has(field)) remove(result, field);
    else set(result, field, value);
  }
  return result;
}

/** What stands at `field`; undefined where nothing does. */
export function at(values: unknown, field: string): unknown {
  let inner = values;
  for (const step of field.split('.')) {
    if (!isObject(inner) || !Object.hasOwn(inner, step)) return undefined;
    inner = inner[step];
  }
  return inner;
}

/** What the file says of prices and abilities is of its own model. */
function forgetOther(values: Values, field: string, value: unknown): void {
  const place = field.split('.')[0]!;
  const model = values[place];
  if (!isObject(model)) return;
  delete model['prices'];
  delete model['capabilities'];
  // Without a name there is no second model.
  if (value === null && place !== 'model') delete values[place];
}

function set(values: Values, field: string, value: unknown): void {
  const steps = field.split('.');
  const last = steps.pop()!;
  let inner = values;
  for (const step of steps) {
    const next = inner[step];
    const inside: Values = isObject(next) ? next : {};
    inner[step] = inside;
    inner = inside;
  }
  inner[last] = value;
}

/** With what is then empty around it: a `contact` that says nothing is none. */
function remove(values: Values, field: string): void {
  const steps = field.split('.');
  const last = steps.pop()!;
  const parent = steps.length === 0 ? values : at(values, steps.join('.'));
  if (!isObject(parent)) return;
  delete parent[last];
  if (steps.length > 0 && Object.keys(parent).length === 0) delete values[steps[0]!];
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
