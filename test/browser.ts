/**
 * Where the tests' Chromium comes from: `$CHROME_PATH`, then an installed one, then the one packed in
 * `@sparticuz/chromium`, which needs npm and nothing else: it brings its own system libraries. `PACKED_CHROMIUM=1`
 * forces the packed one.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What `puppeteer.launch` needs. */
export interface Browser {
  executablePath: string;
  headless: true | 'shell';
  args: string[];
  env: Record<string, string | undefined>;
}

/** The same each time: unpacking works once in a process, since the package sets its library path on import only. */
export function chromium(): Promise<Browser> {
  found ??= findChromium();
  return found;
}

let found: Promise<Browser> | undefined;

async function findChromium(): Promise<Browser> {
  // Chromium refuses to sandbox as root; CI containers usually run as root.
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const candidates = [process.env['CHROME_PATH'], ...(process.env['PACKED_CHROMIUM'] ? [] : installed)];
  const executable = candidates.find((file) => file !== undefined && existsSync(file));
  return executable === undefined
    ? unpackChromium(args)
    : { executablePath: executable, headless: true, args, env: process.env };
}

async function unpackChromium(args: string[]): Promise<Browser> {
  const dir = path.join(root, 'node_modules', '.cache', 'chromium');
  mkdirSync(dir, { recursive: true });
  const before = { ...process.env };
  // It unpacks to $TMPDIR and reuses whatever lies there, so it gets a place of its own.
  process.env['TMPDIR'] = dir;
  // It unpacks its libnss3 and libexpat only if it takes this for a Lambda.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x';
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    packed.setGraphicsMode = false;
    const executablePath = await packed.executablePath();
    const fonts = path.join(dir, 'fonts.conf');
    // Its own fonts.conf names /tmp/fonts; without a font text has no height and innerText is ''.
    writeFileSync(
      fonts,
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${dir}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${dir}/fonts-cache</cachedir></fontconfig>`,
    );
    return {
      executablePath,
      headless: 'shell',
      args,
      env: {
        ...before,
        LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'],
        FONTCONFIG_FILE: fonts,
        FONTCONFIG_PATH: undefined,
      },
    };
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
