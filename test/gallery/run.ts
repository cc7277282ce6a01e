/**
 * `npm run gallery [folder] [-- layout …]`: pictures of the widget in every state and layout, light and dark, from left to
 * right and from right to left, with an index.html to look through. They lie where git doesn’t look, in `test/.output/gallery`
 * by default: what is worth keeping is copied into docs/images by hand.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Look } from '../e2e/shopper.ts';
import { LANGUAGES } from './lines.ts';
import { enter, SCENES, setStage, type Scene, type Stage, type Visitor } from './scenes.ts';

interface Layout {
  look: Look;
  /** Said of the element before it is opened. */
  arrange?: (page: Page) => Promise<void>;
  /** All of them by default. */
  scenes?: string[];
}

const LAYOUTS: Record<string, Layout> = {
  floating: { look: { width: 900, height: 800 } },
  phone: { look: { phone: true } },
  side: {
    look: { width: 1000, height: 700 },
    arrange: (page) => arrange(page, 'side'),
    scenes: ['first', 'cards', 'history'],
  },
  inline: {
    look: { width: 900, height: 900 },
    arrange: (page) => arrange(page, 'inline'),
    scenes: ['start', 'cards', 'comparison'],
  },
  narrow: {
    look: { width: 320, height: 640 },
    scenes: ['start', 'first', 'cards', 'comparison', 'cart', 'history', 'contact', 'consent'],
  },
  // What 200 % of zoom leaves of a window of 1280 × 800.
  zoomed: { look: { width: 640, height: 400 }, scenes: ['start', 'cards', 'cart', 'contact', 'consent'] },
};

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg in LAYOUTS);
const only = args.filter((arg) => SCENES.some(({ name }) => name === arg));
const folder = path.resolve(args.find((arg) => !wanted.includes(arg) && !only.includes(arg)) ?? 'test/.output/gallery');

await mkdir(folder, { recursive: true });
const stage = await setStage();
const pictures: string[] = [];
try {
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const language of LANGUAGES) pictures.push(...(await walk(stage, name, layout, language)));
  }
} finally {
  await stage.close();
}
await writeFile(path.join(folder, 'index.html'), page(pictures));
console.log(`${pictures.length} pictures: ${path.join(folder, 'index.html')}`);

/** One visitor through all scenes of a layout. */
async function walk(
  stage: Stage,
  name: string,
  { look, arrange, scenes }: Layout,
  language: (typeof LANGUAGES)[number],
) {
  const visitor = await enter(stage, language, look);
  const { page } = visitor.shopper;
  await arrange?.(page);
  const made: string[] = [];
  for (const scene of SCENES) {
    if (scenes && !scenes.includes(scene.name)) continue;
    if (only.length > 0 && !only.includes(scene.name)) continue;
    made.push(...(await pose(stage, visitor, scene, `${name}-${scene.name}-${language}`)));
  }
  await visitor.shopper.leave();
  return made;
}

async function pose(stage: Stage, visitor: Visitor, scene: Scene, name: string): Promise<string[]> {
  const { page } = visitor.shopper;
  try {
    await scene.reach(visitor);
  } catch (cause) {
    await page.screenshot({ path: path.join(folder, 'failed.png') });
    throw new Error(`${name} was not reached; failed.png shows how far it came`, { cause });
  }
  await page.mouse.move(0, 0);
  const made: string[] = [];
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const file = `${name}-${scheme}.png`;
    await page.screenshot({ path: path.join(folder, file) });
    made.push(file);
  }
  await scene.leave?.(visitor, stage);
  return made;
}

async function arrange(page: Page, layout: string): Promise<void> {
  await page.$eval(
    'shop-clerk',
    (clerk, wanted) => {
      clerk.setAttribute('layout', wanted);
      if (wanted !== 'inline') return;
      document.querySelector('main')!.prepend(clerk);
      (globalThis as unknown as { shopclerk(command: string): void }).shopclerk('open');
    },
    layout,
  );
}

function page(files: readonly string[]): string {
  const figure = (file: string) =>
    `<figure><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${file}</figcaption></figure>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body{font:14px system-ui;margin:16px;background:#888;display:flex;flex-wrap:wrap;gap:16px}
figure{margin:0}img{height:560px;display:block}figcaption{padding:4px 0}</style>
${files.map(figure).join('\n')}</html>
`;
}
