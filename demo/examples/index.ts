/**
 * `/demo/examples/`: a page for each thing that the widget can do, and `/demo/documents/`: what the demo's answers rest on. What
 * a page shows as its code is what it runs: both come from the same file.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { documentPage } from './document.ts';
import { examples, type Example, type Language } from './examples.ts';
import { drawPage, escape, inLanguage, listing, WORDS } from './page.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const EXAMPLES = '/demo/examples/';
const DOCUMENTS = '/demo/documents/';
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Of all pages, whatever an example is about. */
const SHARED = ['examples.css', 'copy.js'];

/** What the server answers there; null for all other paths. */
export async function answerExamples(request: Request): Promise<Response | null> {
  const { pathname, searchParams } = new URL(request.url);
  const language: Language = searchParams.get('lang') === 'he' ? 'he' : 'en';
  if (pathname.startsWith(DOCUMENTS)) return documentPage(pathname.slice(DOCUMENTS.length));
  if (`${pathname}/` === EXAMPLES) return new Response(null, { status: 302, headers: { location: EXAMPLES } });
  if (!pathname.startsWith(EXAMPLES)) return null;
  const [name = '', file] = pathname.slice(EXAMPLES.length).split('/');
  if (name === '') return page(drawPage(index(language)));
  if (file === undefined && SHARED.includes(name)) return fileAt(path.join(here, name));
  const example = examples.find((one) => one.name === name);
  if (!example) return null;
  if (file === undefined) return page(await draw(example, language), await policyOf(example));
  if (file === 'app.js' && example.built) return fileAt(path.join(root, 'dist', pathname));
  return example.files.includes(file) ? fileAt(path.join(here, name, file)) : null;
}

function page(html: string, policy?: string): Response {
  const headers = { 'content-type': TYPES['.html']!, ...(policy && { 'content-security-policy': policy }) };
  return new Response(html, { headers });
}

async function policyOf({ name, policy }: Example): Promise<string | undefined> {
  return policy && (await readFile(path.join(here, name, policy), 'utf8')).replace(/\s+/g, ' ').trim();
}

async function fileAt(file: string): Promise<Response> {
  const headers = { 'content-type': TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8' };
  return new Response(await readFile(file, 'utf8'), { headers });
}

function index(language: Language) {
  const words = WORDS[language];
  const entries = examples.map(
    ({ name, title, text, picture }) => `<li><a class="example" href="${EXAMPLES}${name}?lang=${language}">
      <img src="/demo/pictures/${picture}.svg" alt="" width="400" height="400" loading="lazy" />
      <span><strong>${escape(title[language])}</strong><span class="muted">${escape(text[language])}</span></span></a></li>`,
  );
  const [title, lead] =
    language === 'he'
      ? ['כל מה שהעוזר יודע לעשות בדף', 'דף לכל יכולת: פסקה אחת, הדבר עצמו חי, והקוד להעתקה.']
      : ['All that it can do on a page', 'A page for each: one paragraph, the live thing, and the code to copy.'];
  const main = `<section class="intro"><h1>${title}</h1><p>${lead}</p></section><ul class="examples">${entries.join('')}</ul>`;
  return { title: words.examples, language, other: inOther(EXAMPLES, language), main };
}

function inOther(address: string, language: Language): string {
  return `${address}?lang=${language === 'he' ? 'en' : 'he'}`;
}

async function draw(example: Example, language: Language): Promise<string> {
  const { name, title, text, files } = example;
  const words = WORDS[language];
  const sources = await Promise.all(files.map((file) => source(example, file, language)));
  const live = sources[files.indexOf('page.html')]!;
  const styles = files.filter((file) => file.endsWith('.css'));
  const main = `<nav class="crumbs" aria-label="${words.all}"><a href="${EXAMPLES}?lang=${language}">${words.all}</a></nav>
<section class="intro"><h1>${escape(title[language])}</h1><p>${escape(text[language])}</p></section>
<section class="live" aria-label="${escape(title[language])}">
${live}
</section>
<section class="code" aria-labelledby="code"><h2 id="code">${words.code}</h2>
${files.map((file, at) => listing(file, sources[at]!, language)).join('\n')}
<p class="muted">${words.note}</p></section>`;
  const head = styles.map((file) => `<link rel="stylesheet" href="${EXAMPLES}${name}/${file}" />`).join('');
  return drawPage({ title: title[language], language, other: inOther(EXAMPLES + name, language), main, head });
}

/** A file of an example, with what the build and the shopper's language put into it. */
async function source({ name }: Example, file: string, language: Language): Promise<string> {
  const text = await readFile(path.join(here, file.startsWith('settings/') ? '' : name, file), 'utf8');
  if (!file.endsWith('.html')) return text;
  return inLanguage(text.includes('{integrity}') ? await pinned(text) : text, language);
}

/** The tag of this version alone, as the build prints it. */
async function pinned(text: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha384').update(await readFile(path.join(root, `dist/v${version}/widget.js`)));
  return text.replaceAll('{version}', version).replaceAll('{integrity}', `sha384-${hash.digest('base64')}`);
}
