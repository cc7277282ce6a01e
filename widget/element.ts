/**
 * The element alone, as a module: `<script type="module" src="https://proxy.example/widget/element.js">`. For pages that write
 * `<shop-clerk>` themselves, or have a framework write it: it makes no element of its own. Unlike the script tag it loads the
 * panel at once, which an inline chat needs anyway.
 */
import type { define } from './define.ts';
import { launcherOf } from './launcher.ts';

/** Name of the panel's module, beside this one; put in by the build. */
declare const PANEL_FILE: string;

async function start(): Promise<void> {
  const { define: defineElement } = (await import(/* @vite-ignore */ new URL(PANEL_FILE, import.meta.url).href)) as {
    define: typeof define;
  };
  await defineElement(launcherOf, document.documentElement.lang);
}

start().catch((error: unknown) => console.error('Shop Clerk:', error));
