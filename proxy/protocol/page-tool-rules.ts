/**
 * What a definition of a page's function has to be. Page and proxy check it by the same rules: the page tells its author at
 * once, the proxy believes no page. Not of index.ts: what that names, the widget loads with its panel.
 */
import { PARAMETER_TYPES, type PageTool, type PageToolParameter, type PageToolParameters } from './page-tool.ts';

export const MAX_PAGE_TOOLS = 8;
/** Characters of JSON. */
export const MAX_PAGE_OUTPUT = 8_000;

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const MAX_PARAMETERS = 8;
const MAX_DESCRIPTION = 300;
const MAX_PARAMETER_DESCRIPTION = 150;
const MAX_VALUES = 20;
const MAX_VALUE = 60;

type Unknown<T> = { [K in keyof T]?: unknown };

/** What is wrong with a definition, for its author; null for a good one. */
export function pageToolProblem(tool: unknown): string | null {
  if (!isObject<PageTool>(tool)) return 'must be an object';
  const { name, description, parameters, ...rest } = tool;
  if (typeof name !== 'string' || !NAME.test(name))
    return 'name: must be lower-case letters, digits and "_", 40 at most, and begin with a letter';
  if (!isText(description, MAX_DESCRIPTION)) return `description: must be a text of 1 to ${MAX_DESCRIPTION} characters`;
  return parametersProblem(parameters) ?? foreignKey(rest);
}

function parametersProblem(parameters: unknown): string | null {
  if (parameters === undefined) return null;
  if (!isObject<PageToolParameters>(parameters) || parameters.type !== 'object' || !isObject(parameters.properties))
    return 'parameters: must be { type: "object", properties: {…} }';
  const { type: _, properties, required = [], ...rest } = parameters;
  const entries = Object.entries(properties);
  if (entries.length > MAX_PARAMETERS) return `parameters: must be ${MAX_PARAMETERS} at most`;
  if (!Array.isArray(required) || !required.every((name) => Object.hasOwn(properties, name as string)))
    return 'parameters.required: must be names of its properties';
  for (const [name, parameter] of entries) {
    const problem = NAME.test(name) ? parameterProblem(parameter) : 'must be named as a tool is';
    if (problem) return `parameters.${name}: ${problem}`;
  }
  return foreignKey(rest);
}

function parameterProblem(parameter: unknown): string | null {
  if (!isObject<PageToolParameter>(parameter)) return 'must be an object';
  const { type, description, enum: values, ...rest } = parameter;
  if (!PARAMETER_TYPES.some((known) => known === type)) return `type: must be one of ${PARAMETER_TYPES.join(', ')}`;
  if (description !== undefined && !isText(description, MAX_PARAMETER_DESCRIPTION))
    return `description: must be a text of 1 to ${MAX_PARAMETER_DESCRIPTION} characters`;
  if (values !== undefined && !(type === 'string' && areValues(values)))
    return `enum: must be 1 to ${MAX_VALUES} texts of ${MAX_VALUE} characters, of a string`;
  return foreignKey(rest);
}

function areValues(values: unknown): boolean {
  return (
    Array.isArray(values) &&
    values.length > 0 &&
    values.length <= MAX_VALUES &&
    values.every((value) => isText(value, MAX_VALUE))
  );
}

function isText(text: unknown, max: number): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= max;
}

function isObject<T = object>(value: unknown): value is Unknown<T> & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function foreignKey(rest: object): string | null {
  const [key] = Object.keys(rest);
  return key === undefined ? null : `${key}: is not taken`;
}
