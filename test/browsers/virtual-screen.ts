/**
 * A screen nobody sees, for a browser that has no headless mode, with a desktop's settings that tests may change while it
 * runs. GTK hears of them as it does on a desktop: by the XSETTINGS protocol, which `xsettingsd` speaks.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

const START_LIMIT_MS = 15_000;
/** Lets a window be as narrow as a phone: its toolbar sets the least width otherwise. */
const NARROW = '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px }';
/**
 * Smaller than any window: without a window manager the focus follows the pointer, which rests in the middle of the screen,
 * and windows begin in its corner.
 */
const SCREEN = '300x300x24';

export interface Desktop {
  dark: boolean;
  reducedMotion: boolean;
}

export interface VirtualScreen {
  /** For programs that shall draw here and keep nothing of the user's. */
  readonly env: Record<string, string | undefined>;
  set(desktop: Desktop): void;
  close(): void;
}

/** Rejects if it isn't there within 15 s. */
export async function openVirtualScreen(): Promise<VirtualScreen> {
  const home = mkdtempSync(path.join(tmpdir(), 'shop-clerk-screen-'));
  const settings = path.join(home, 'xsettingsd.conf');
  const set = ({ dark, reducedMotion }: Desktop) =>
    writeFileSync(
      settings,
      `Net/ThemeName "${dark ? 'Adwaita-dark' : 'Adwaita'}"\nGtk/EnableAnimations ${reducedMotion ? 0 : 1}\n`,
    );
  set({ dark: false, reducedMotion: false });
  mkdirSync(path.join(home, 'gtk-3.0'));
  writeFileSync(path.join(home, 'gtk-3.0/gtk.css'), NARROW);

  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const children: ChildProcess[] = [screen];
  const close = () => {
    process.off('exit', close);
    for (const child of children.toReversed()) child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', close);

  try {
    const env = {
      ...process.env,
      DISPLAY: `:${await displayOf(screen)}`,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: path.join(home, 'cache'),
      XDG_DATA_HOME: path.join(home, 'data'),
      GDK_BACKEND: 'x11',
    };
    const teller = spawn('xsettingsd', ['-c', settings], { env, stdio: 'ignore' });
    children.push(teller);
    return {
      env,
      set(desktop) {
        set(desktop);
        teller.kill('SIGHUP');
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** "99": it chooses a number that is free and writes it to the descriptor it was given. */
function displayOf(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('Xvfb did not start in time.')), START_LIMIT_MS);
    const settle = (act: () => void) => {
      clearTimeout(limit);
      act();
    };
    (screen.stdio[3] as Readable).once('data', (line: Buffer) => settle(() => resolve(line.toString().trim())));
    screen.once('error', (error) => settle(() => reject(error)));
    screen.once('exit', (code) => settle(() => reject(new Error(`Xvfb ended with exit code ${code}.`))));
  });
}
