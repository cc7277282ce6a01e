/**
 * The script tag, built as a classic script: `<script src="https://proxy.example/widget.js" data-shop="acme" defer>`.
 * It holds the launcher only; the panel is a module beside it, named by its content, that comes on first intent.
 */
import { boot } from './boot.ts';
import type { define } from './define.ts';
import { launcherOf } from './launcher.ts';
import { accentRule } from './styles/accent.ts';

interface Panel {
  define: typeof define;
}

/** Path of the panel's module, seen from this script; put in by the build. */
declare const PANEL_FILE: string;

function load(script: HTMLScriptElement): void {
  const panel = new URL(PANEL_FILE, script.src).href;
  let link: HTMLLinkElement | undefined;
  let attempt = 0;

  function warm(): void {
    if (link) return;
    link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = panel;
    document.head.append(link);
  }

  boot({
    script,
    proxy: new URL('.', script.src).href,
    warm,
    // Browsers may remember a module that failed to load; another query is another module.
    async load(language) {
      const module: Panel = await import(/* @vite-ignore */ attempt++ ? `${panel}?retry=${attempt}` : panel);
      await module.define(launcherOf, accentRule, language);
    },
  });
}

// `currentScript` is null in a module, and `<img name="currentScript">` in the page shadows it.
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const start = (): void => {
    try {
      load(script);
    } catch (error) {
      console.error('Shop Clerk could not be loaded.', error);
    }
  };
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
} else {
  console.error('Shop Clerk: widget.js must be a classic script.');
}
