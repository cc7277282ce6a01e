/** The engines that the widget has to work in: what their tests need of the machine, and how to get it. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export type EngineName = 'chromium' | 'firefox' | 'webkit';

export interface Engine {
  name: EngineName;
  title: string;
  /** Settings of the test runner, from the root of the repository. */
  config: string;
  /** Each a program that has to be there, as the places where it may be; Chromium comes with npm if it has to. */
  needs: readonly (readonly string[])[];
  /** How to install what is missing, on Debian and its kin. */
  packages: string;
}

const firefox = [process.env['FIREFOX_PATH'] ?? '', 'firefox-esr', 'firefox'];

export const engines: readonly Engine[] = [
  { name: 'chromium', title: 'Chromium', config: 'web-test-runner.config.js', needs: [], packages: '' },
  {
    name: 'firefox',
    title: 'Firefox',
    config: 'test/browsers/firefox.config.js',
    needs: [firefox],
    packages: 'firefox-esr',
  },
  {
    name: 'webkit',
    title: 'WebKit (WebKitGTK)',
    config: 'test/browsers/webkit.config.js',
    // A window to draw to, and what tells GTK of a dark theme and of motion that isn't wanted.
    needs: [['WebKitWebDriver'], ['Xvfb'], ['xsettingsd']],
    packages: 'webkit2gtk-driver xvfb xsettingsd',
  },
];

/** The programs that `engine` lacks, by name; none if it can run. */
export function missing({ needs }: Engine): string[] {
  return needs.filter((names) => find(names) === undefined).map((names) => names.findLast(Boolean) ?? '');
}

/** Where Firefox is: `$FIREFOX_PATH`, else what is installed. Throws if it isn't. */
export function firefoxPath(): string {
  const found = find(firefox);
  if (found === undefined) throw new Error('No Firefox here. Install firefox-esr, or name one in FIREFOX_PATH.');
  return found;
}

function find(names: readonly string[]): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(path.delimiter);
  return names
    .filter(Boolean)
    .flatMap((name) => (path.isAbsolute(name) ? [name] : directories.map((directory) => path.join(directory, name))))
    .find((file) => existsSync(file));
}
