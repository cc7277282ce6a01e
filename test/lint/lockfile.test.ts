/** What `npm ci` needs of package-lock.json to work on a machine that isn't the one that wrote it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  resolved?: string;
  gypfile?: boolean;
  optionalDependencies?: Record<string, string>;
}

const root = path.resolve(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const entries = Object.entries(packages);

test('packages come from whatever registry npm is set up with', () => {
  expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
});

// `npm ci` refuses a lock that lacks some, and `npm install` writes such a lock if the registry lacks them.
test('the binaries of every platform are locked', () => {
  const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(place, name)),
  );
  expect(missing).toEqual([]);
});

// npm compiles a package that has a binding.gyp, even one that ships its binaries and says `"gypfile": false` in its
// package.json: `npm ci` reads the lock, and `npm install` doesn't copy that line into it. npm 11 can be told in
// "allowScripts", npm 10 can't. So after an update of such a package the line has to be put back by hand.
test('nothing is compiled', () => {
  const compiled = entries.filter(
    ([place, { gypfile }]) => place !== '' && gypfile !== false && existsSync(path.join(root, place, 'binding.gyp')),
  );
  expect(compiled.map(([place]) => `${place} needs "gypfile": false`)).toEqual([]);
});

/** Looks where Node would: beside `place`, then in the folders above it. */
function isLocked(place: string, name: string): boolean {
  for (let above = place; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')))) {
    if (`${above}${above && '/'}node_modules/${name}` in packages) return true;
    if (above === '') return false;
  }
}
