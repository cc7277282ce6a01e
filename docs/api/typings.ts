/** `widget.d.ts`: one file of types that needs no other, for pages that embed the element. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ts, type TS } from './analyzer.ts';
import { root } from './manifest.ts';

type Named = TS.InterfaceDeclaration | TS.TypeAliasDeclaration | TS.ClassDeclaration | TS.VariableDeclaration;

/** Where public types may come from; of two with one name the first counts. */
const FILES = [
  'widget/shop-clerk.ts',
  'widget/later-events.ts',
  'widget/events.ts',
  'widget/cart-events.ts',
  'widget/page-tools/page-tools.ts',
  'widget/i18n/types.ts',
  'widget/cart/types.ts',
  'widget/state/state.ts',
  'widget/transport/http-transport.ts',
  'proxy/protocol/*.ts',
];

const MAP = 'ShopClerkEventMap';

export function typings(): string {
  const known = new Map<string, Named>();
  for (const file of globSync(FILES, { cwd: root }).toSorted((a, b) => rank(a) - rank(b))) {
    const code = readFileSync(path.join(root, file), 'utf8');
    const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
    for (const declaration of declarationsOf(source)) {
      const { text } = declaration.name as TS.Identifier;
      if (!known.has(text)) known.set(text, declaration);
    }
  }
  const written = new Map<string, string>();
  const wanted = ['ShopClerk', MAP];
  for (let name = wanted.shift(); name !== undefined; name = wanted.shift()) {
    const declaration = known.get(name);
    if (!declaration || written.has(name)) continue;
    const text = textOf(declaration);
    written.set(name, text);
    // What is left of it decides what else is needed: a private member needs nothing.
    for (const [word] of text.replace(/\/\*[^]*?\*\//g, '').matchAll(/\b[A-Z]\w+/g)) wanted.push(word);
  }
  return [
    '// Types of <shop-clerk>, made from its source by `npm run build`.',
    ...written.values(),
    `declare global {
  interface HTMLElementTagNameMap {
    'shop-clerk': ShopClerk;
  }
  interface GlobalEventHandlersEventMap extends ${MAP} {}
  interface Window {
    /** Any method of the element by its name, at any time, also before the tag has loaded. */
    shopclerk?: (command: keyof ShopClerk & string, ...options: unknown[]) => Promise<unknown>;
  }
}\n`,
  ].join('\n\n');
}

function rank(file: string): number {
  const place = FILES.indexOf(file);
  return place < 0 ? FILES.length : place;
}

function* declarationsOf(source: TS.SourceFile): Generator<Named> {
  for (const statement of source.statements) {
    if (
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      (ts.isClassDeclaration(statement) && statement.name)
    )
      yield statement;
    else if (ts.isVariableStatement(statement)) yield* statement.declarationList.declarations;
  }
}

const commentOf = (node: TS.Node): string => {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.length > 0 ? `${comments.at(-1)!.getText()}\n` : '';
};

function textOf(declaration: Named): string {
  if (ts.isVariableDeclaration(declaration)) {
    // `['a', 'b'] as const`, of which a type is made.
    const values = declaration.initializer?.getText().replace(/ as const$/, '') ?? '[]';
    return `declare const ${declaration.name.getText()}: readonly ${values.replace(/\/\/.*/g, '')};`;
  }
  if (!ts.isClassDeclaration(declaration)) {
    return commentOf(declaration) + declaration.getText().replace(/^(?:\/\*\*[^]*?\*\/\s*)?(?:export )?/, 'export ');
  }
  const name = declaration.name!.text;
  const heritage = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const base = name === 'ShopClerk' ? 'extends HTMLElement' : (heritage?.getText() ?? '');
  const members = declaration.members.flatMap((member) => memberOf(member) ?? []);
  return `${commentOf(declaration)}export class ${name} ${base} {\n${members.join('\n')}\n}`;
}

const HIDDEN = new Set([
  ts.SyntaxKind.PrivateKeyword,
  ts.SyntaxKind.ProtectedKeyword,
  ts.SyntaxKind.StaticKeyword,
  ts.SyntaxKind.OverrideKeyword,
]);

function memberOf(member: TS.ClassElement): string | null {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  if (!member.name || ts.isPrivateIdentifier(member.name) || modifiers.some(({ kind }) => HIDDEN.has(kind)))
    return null;
  if (ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'ignore')) return null;
  const name = member.name.getText();
  const comment = commentOf(member);
  if (ts.isPropertyDeclaration(member)) {
    const readonly = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ? 'readonly ' : '';
    return `${comment}  ${readonly}${name}: ${member.type?.getText() ?? 'unknown'};`;
  }
  if (ts.isGetAccessor(member)) return `${comment}  readonly ${name}: ${member.type?.getText() ?? 'unknown'};`;
  if (!ts.isMethodDeclaration(member)) return null;
  const parameters = member.parameters.map((parameter) => {
    const optional = parameter.initializer || parameter.questionToken ? '?' : '';
    const called = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
    return `${called}${optional}: ${parameter.type?.getText() ?? 'unknown'}`;
  });
  return `${comment}  ${name}(${parameters.join(', ')}): ${member.type?.getText() ?? 'void'};`;
}
