/** `npm run docs:api`: writes down what the element's source says of it, for editors, for typings and in the README. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { declarationOf, manifestOf, root } from './manifest.ts';
import { vscodeData, withChapter } from './tables.ts';

/** Path and text of each file, formatted as everything is. */
export function apiFiles(): Record<string, string> {
  const manifest = manifestOf();
  const element = declarationOf(manifest);
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const files = {
    'custom-elements.json': JSON.stringify(manifest),
    'vscode.html-custom-data.json': JSON.stringify(vscodeData(element)),
    'README.md': withChapter(readme, element),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, formatted(name, text)]));
}

function formatted(name: string, text: string): string {
  const oxfmt = path.join(root, 'node_modules/.bin/oxfmt');
  return execFileSync(oxfmt, [`--stdin-filepath=${name}`], { cwd: root, input: text, encoding: 'utf8' });
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(apiFiles())) {
    writeFileSync(path.join(root, name), text);
    process.stdout.write(`${name}\n`);
  }
}
