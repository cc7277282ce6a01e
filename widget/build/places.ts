import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Of the checkout. */
export const root = path.resolve(import.meta.dirname, '../..');
export const outDir = path.join(root, 'dist');

export const versionIn = (file: string) =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { version: string };
