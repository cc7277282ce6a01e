import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ShopDraft } from './draft.ts';

/** A shop's texts are bounded one by one; a file that is longer than this is something else. */
const MAX_FILE = 500_000;
const MAX_FILES = 1_000;

export type FoundDraft = { draft: ShopDraft } | { settings: string; problem: string };

/** Every `*.json` of the folder, by name; none when there is no such folder. */
export async function draftsOf(folder: string): Promise<FoundDraft[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  if (names.length > MAX_FILES) {
    return [{ settings: folder, problem: `${folder}: holds ${names.length} shops; ${MAX_FILES} are the most` }];
  }
  return Promise.all(names.map((name) => draftOf(folder, name)));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function draftOf(folder: string, name: string): Promise<FoundDraft> {
  const settings = path.join(path.basename(folder), name);
  const file = path.join(folder, name);
  const failed = (problem: string): FoundDraft => ({ settings, problem: `${settings}: ${problem}` });
  let json: string;
  try {
    if ((await stat(file)).size > MAX_FILE) return failed(`is longer than ${MAX_FILE / 1_000} kB`);
    json = await readFile(file, 'utf8');
  } catch (error) {
    return failed(`can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  try {
    return { draft: { settings, slug: name.slice(0, -'.json'.length), folder, values: JSON.parse(json) } };
  } catch (error) {
    return failed(`is not JSON: ${syntaxProblem((error as Error).message, json)}`);
  }
}

/** V8's own words repeat a piece of the file, which may be a key that somebody wrote into it. */
function syntaxProblem(message: string, json: string): string {
  const snippet = /, (\.\.\.)?"([\s\S]*)" is not valid JSON$|, (\.\.\.)?"([\s\S]*)"\.\.\. is not valid JSON$/.exec(
    message,
  );
  const words = message.replace(/, (?:\.\.\.)?"[\s\S]*$/, '').replace(/ in JSON at position .*$/, '');
  const at = /at position (\d+)/.exec(message)?.[1];
  const position = at === undefined ? json.indexOf(snippet?.[2] ?? snippet?.[4] ?? '') : Number(at);
  const line = json.slice(0, Math.max(position, 0)).split('\n').length;
  return `${words} (near line ${line})`;
}
