import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Of a secret's rotations, how many are kept: with the newest that sign, the older ones that still verify. */
const KEPT = 3;

/** Secrets of our own in `<dataDir>/<name>`, newest first; made when there are none, so that a restart logs nobody out. */
export async function keptSecrets(dataDir: string, name: string): Promise<string[]> {
  const kept = await readKept(dataDir, name);
  if (kept.length > 0) return kept;
  await rotateSecret(dataDir, name);
  return readKept(dataDir, name);
}

/** Puts a new secret before the others. @returns how many of the others still verify */
export async function rotateSecret(dataDir: string, name: string): Promise<number> {
  const older = (await readKept(dataDir, name)).slice(0, KEPT - 1);
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, name);
  // Written aside first: a half-written file would log every shopper out.
  await writeFile(`${file}.new`, [randomBytes(32).toString('base64url'), ...older].join('\n'), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return older.length;
}

async function readKept(dataDir: string, name: string): Promise<string[]> {
  try {
    const text = await readFile(path.join(dataDir, name), 'utf8');
    return text.split('\n').flatMap((line) => line.trim() || []);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
