import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outDir } from './places.ts';

export type Output = readonly { fileName: string }[];

/** Rewrites a bundle's files where they lie. */
function rewrite(files: Output, change: (code: string, name: string) => string): void {
  for (const { fileName } of files) {
    const file = path.join(outDir, fileName);
    writeFileSync(file, change(readFileSync(file, 'utf8'), fileName));
  }
}

/**
 * Names all of a bundle's files by one hash, of all of them together, in place of one for each: it is said once in a compressed
 * file that names many others.
 * @returns the hash
 */
export function bearOneHash(files: Output): string {
  const hash = createHash('sha256');
  for (const { fileName } of files) hash.update(readFileSync(path.join(outDir, fileName)));
  const version = hash.digest('base64url').slice(0, 8);
  const renamed = (name: string) => name.replace(/(?:-.{8})?\.js$/, `-${version}.js`);
  const names = files.map(({ fileName }) => path.basename(fileName));
  rewrite(files, (code) => names.reduce((code, name) => code.replaceAll(`./${name}`, `./${renamed(name)}`), code));
  for (const { fileName } of files) renameSync(path.join(outDir, fileName), path.join(outDir, renamed(fileName)));
  return version;
}

/**
 * What later files take from the panel goes by the name it has there: `export{a,b}` for `export{a as b,b as c}`.
 * @throws when a file takes it in a form that isn't known here
 */
export function exportOwnNames(panel: Output[number], others: Output): void {
  const own = new Map<string, string>();
  rewrite([panel], (code) =>
    code.replace(/export\{([^}]*)\}/, (_list, list: string) => {
      const kept = list.split(',').map((item) => {
        const [local = '', name = local] = item.split(' as ');
        // Of longer names, the loader knows.
        if (name.length > 2) return item;
        own.set(name, local);
        return local;
      });
      return `export{${[...new Set(kept)].join(',')}}`;
    }),
  );
  const from = `from"./${path.basename(panel.fileName)}"`;
  const taking = new RegExp(`import\\{([^{}]*)\\}${from.replaceAll('.', '\\.')}`, 'g');
  rewrite(others, (code, name) => {
    if (code.split(from).length - 1 !== [...code.matchAll(taking)].length)
      throw new Error(`${name}: how does it take ${from}?`);
    return code.replace(taking, (_list, list: string) => {
      const taken = list.split(',').map((item) => {
        const [theirs = '', here = theirs] = item.split(' as ');
        const local = own.get(theirs) ?? theirs;
        return local === here ? local : `${local} as ${here}`;
      });
      return `import{${taken.join(',')}}${from}`;
    });
  });
}
