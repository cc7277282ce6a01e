/**
 * The script tag, built as a classic script: `<script src="https://proxy.example/widget.js" data-shop="acme" defer>`.
 * It holds the launcher only; the panel is a module beside it, named by its content, that comes on first intent and is
 * taken only with the hash that the build saw.
 */
import { boot } from './boot.ts';
import type { define } from './define.ts';
import { launcherOf } from './launcher.ts';

interface Panel {
  define: typeof define;
}

/** Path of the panel's module, seen from this script, and its hash; put in by the build. */
declare const PANEL_FILE: string;
declare const PANEL_INTEGRITY: string;

async function start(): Promise<void> {
  // `currentScript` is null in a module, and `<img name="currentScript">` in the page shadows it.
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) throw new Error('no module');
  if (document.readyState === 'loading') await new Promise((done) => addEventListener('DOMContentLoaded', done));
  const { src } = script;
  const href = new URL(PANEL_FILE, src).href;
  let bytes: Promise<Event> | undefined;

  /** Into the page's map of modules, where `import()` finds it: the hash is checked here, and import() knows none. */
  function warm(): Promise<Event> {
    return (bytes ??= new Promise((resolve) => {
      const rel = 'modulepreload';
      const link = document.createElement('link');
      document.head.append(
        Object.assign(link, { rel, integrity: PANEL_INTEGRITY, href, onload: resolve, onerror: resolve }),
      );
    }));
  }

  // A versioned script stands in a folder of its own: https://proxy.example/v1.4.2/widget.js
  const proxy = src.replace(/(v[\d.]+\/)?[^/]*$/, '');
  boot(script, proxy, warm, async (language) => {
    if ((await warm()).type === 'error') {
      bytes = undefined;
      throw new Error(`${href} (CSP script-src ${proxy}?)`);
    }
    const { define }: Panel = await import(/* @vite-ignore */ href);
    await define(launcherOf, language);
  });
}

start().catch((error) => console.error('Shop Clerk:', error));
