/**
 * Writes those of Pippalo's documents that aren't text: `warranty.en.docx` and `aquarium-start.en.pdf`. Both are checked in,
 * so that the shop needs no build; run `node demo/documents/build/index.ts` after a change here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { chromium } from '../../../test/browser.ts';
import { docx } from './docx.ts';
import { warranty } from './warranty.ts';

const here = import.meta.dirname;
const documents = path.dirname(here);
writeFileSync(path.join(documents, 'warranty.en.docx'), docx(warranty));
writeFileSync(
  path.join(documents, 'aquarium-start.en.pdf'),
  await printed(readFileSync(path.join(here, 'aquarium.html'), 'utf8')),
);

async function printed(html: string): Promise<Uint8Array> {
  const browser = await puppeteer.launch(await chromium());
  try {
    const page = await browser.newPage();
    await page.setContent(html);
    return await page.pdf({ format: 'A5', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  } finally {
    await browser.close();
  }
}
