import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own for a test; `using` removes it at the end. */
export function tempDir() {
  const dir = mkdtempSync(path.join(tmpdir(), 'shop-clerk-'));
  return {
    path: dir,
    file: (name: string) => path.join(dir, name),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}
