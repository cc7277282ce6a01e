/** The element as its source describes it: what JSDoc and types say, and nothing that is the element's own affair. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { create, ts } from './analyzer.ts';
import { properties } from '../../widget/element/properties.ts';

export interface Described {
  name: string;
  description?: string;
  type?: { text: string };
  default?: string;
}

interface Member extends Described {
  kind: 'field' | 'method';
  privacy?: string;
  static?: boolean;
  attribute?: string;
  parameters?: (Described & { optional?: boolean })[];
  return?: { type: { text: string } };
}

export interface Declaration {
  name: string;
  summary?: string;
  members: Member[];
  attributes: (Described & { fieldName: string })[];
  events: Described[];
  slots: Described[];
  cssParts: Described[];
  cssProperties: Described[];
  tagName: string;
  customElement: true;
}

export interface Manifest {
  schemaVersion: string;
  modules: { path: string; declarations: Declaration[] }[];
}

export const root = path.resolve(import.meta.dirname, '../..');
const FILE = 'widget/shop-clerk.ts';

export function manifestOf(): Manifest {
  const code = readFileSync(path.join(root, FILE), 'utf8');
  const source = ts.createSourceFile(FILE, code, ts.ScriptTarget.ES2022, true);
  const manifest = create({ modules: [source] }) as Manifest;
  const element = declarationOf(manifest);
  element.members = element.members.filter((member) => member.privacy === undefined && !member.static);
  // Those that it only sees dispatched have no name.
  element.events = element.events.filter(({ name }) => name);
  element.attributes = [];
  for (const [name, { attribute, state }] of Object.entries(properties)) {
    const field = element.members.find((member) => member.name === name);
    if (!field || attribute === false || state) continue;
    field.attribute = typeof attribute === 'string' ? attribute : name.toLowerCase();
    const { description, type, default: initial } = field;
    element.attributes.push({
      name: field.attribute,
      fieldName: name,
      ...(type && { type }),
      ...(description !== undefined && { description }),
      ...(initial !== undefined && { default: initial }),
    });
  }
  for (const part of manifest.modules) part.declarations = [element];
  return manifest;
}

export function declarationOf({ modules }: Manifest): Declaration {
  const found = modules.flatMap(({ declarations }) => declarations).find(({ name }) => name === 'ShopClerk');
  if (!found) throw new Error(`${FILE} has no class ShopClerk.`);
  return found;
}
