import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { readShops, type ReadShopsOptions } from '../../../proxy/shops/index.ts';
import { tempDir } from '../../temp-dir.ts';

/** A folder `shops` with an empty catalogue beside the shops' files. */
export function shopFiles() {
  const dir = tempDir();
  onTestFinished(() => dir[Symbol.dispose]());
  const folder = dir.file('shops');
  mkdirSync(folder);
  writeFileSync(dir.file('catalog.json'), '{"products":[]}');
  const file = (name: string) => path.join(folder, name);
  return {
    folder,
    file,
    dir,
    /** Whatever isn't given is as in a good shop. */
    write: (name: string, values: object) =>
      writeFileSync(
        file(name),
        JSON.stringify({ name: 'Acme', catalog: { type: 'file', file: '../catalog.json' }, ...values }),
      ),
    writeText: (name: string, text: string) => writeFileSync(file(name), text),
    remove: (name: string) => rmSync(file(name)),
    read: (changes: Partial<ReadShopsOptions> = {}) =>
      readShops({
        folder,
        env: {},
        upstream: {
          apiKey: 'sk-of-the-house',
          baseUrl: 'https://api.openai.com/v1',
          model: 'gpt-6-luna',
          wire: 'responses',
        },
        demoModelUrl: null,
        allowPrivateNetwork: false,
        checkAddress: (url) => (url.includes('10.0.0.5') ? 'leads inside' : undefined),
        canMail: false,
        toolNames: ['search_products', 'show_products'],
        knowsPrice: (model) => model.startsWith('gpt-'),
        ...changes,
      }),
  };
}
