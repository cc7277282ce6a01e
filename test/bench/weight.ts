/** What a shop's page loads: before anyone opens the chat, and with the chat open. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');

export function benchWeight(): void {
  execFileSync(process.execPath, [path.join(root, 'widget/build/index.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const scripts = readdirSync(path.join(dist, 'widget'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join('widget', name));
  const panel = scripts.filter((name) => path.basename(name).startsWith('panel-'));
  console.log('Weight in bytes');
  console.table({
    'page load (widget.js)': weigh(['widget.js']),
    'opening adds': weigh(panel),
    'in all': weigh(['widget.js', ...panel]),
    ...Object.fromEntries(
      scripts.filter((name) => !panel.includes(name)).map((name) => [`${nameOf(name)} adds`, weigh([name])]),
    ),
  });
}

/** "widget/he-S9KA32Eq.js" → "he" */
function nameOf(file: string): string {
  return path.basename(file).replace(/-[^-]+$/, '');
}

function weigh(names: readonly string[]) {
  const files = names.map((name) => path.join(dist, name));
  const sum = (size: (file: string) => number) => files.reduce((total, file) => total + size(file), 0);
  return {
    raw: sum((file) => statSync(file).size),
    // As the build compressed them, which is what is sent.
    gzip: sum((file) => statSync(`${file}.gz`).size),
    brotli: sum((file) => statSync(`${file}.br`).size),
  };
}
