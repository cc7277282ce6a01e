import { compile, type DomNode, type FormatCallback } from 'html-to-text';
import { BlockList, type Extracted, rowText } from './blocks.ts';

/** Signs that no text holds: what the converter writes before headings and rows. Taken out of the document beforehand. */
const HEADING = '\ue000';
const ROW = '\ue001';
const SIGNS = /[\ue000\ue001]/g;
const LEVELS = [1, 2, 3, 4, 5, 6];
const MAX_CELLS = 200;
/** Deeper ones are dropped: the converter calls itself for every level, and the stack has an end. */
const MAX_DEPTH = 200;
/** What is never read, and neither are its children. */
const UNSEEN = ['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'img', 'video', 'audio', 'head'];
/** Around the text of a page: where to go, not what is said. */
const AROUND = ['nav', 'button', 'select', 'dialog'];

/** Text of HTML: headings and rows of tables known as such, scripts gone with what they hold. Nothing in it is run or fetched. */
export function extractHtml(html: string): Extracted {
  const list = new BlockList();
  const convert = /<main[\s>]/i.test(html) ? convertMain : convertBody;
  const text = convert(html.replace(SIGNS, ''));
  let paragraph: string[] = [];
  function flush(): void {
    list.add({ kind: 'text', text: paragraph.join('\n') });
    paragraph = [];
  }
  for (const line of text.split('\n')) {
    const sign = line[0];
    if (sign !== HEADING && sign !== ROW && line.trim() !== '') {
      paragraph.push(line.replace(SIGNS, ''));
      continue;
    }
    flush();
    if (sign === HEADING) list.add({ kind: 'heading', level: Number(line[1]), text: line.slice(2).replace(SIGNS, '') });
    else if (sign === ROW) list.add({ kind: 'row', text: line.slice(1).replace(SIGNS, '') });
  }
  flush();
  const title = titleOf(html);
  const lang = /<html\b[^>]{0,2000}?\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})\b/i.exec(
    html.slice(0, 20_000),
  )?.[1];
  return { ...(title !== '' && { title }), ...(lang !== undefined && { lang }), blocks: list.blocks };
}

const heading: FormatCallback = (element, _walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  const text = oneLine(element);
  if (text !== '') builder.addLiteral(`${HEADING}${element.name!.slice(1)}${text}`);
  builder.closeBlock({ trailingLineBreaks: 2 });
};

/** Rows as lines of their own, each with the names of its columns. A table that only arranges a page is read as its text. */
const table: FormatCallback = (element, walk, builder) => {
  const rows = [...descendants(element, 'tr')];
  const arranges = ['table', 'h1', 'h2', 'h3', 'h4'].some((name) => descendants(element, name).next().done !== true);
  builder.openBlock({ leadingLineBreaks: 2 });
  if (arranges || rows.length === 0) walk(element.children, builder);
  else {
    const caption = descendants(element, 'caption').next().value;
    if (caption) builder.addLiteral(`${oneLine(caption)}\n`);
    for (const line of linesOf(rows)) builder.addLiteral(`${ROW}${line}\n`);
  }
  builder.closeBlock({ trailingLineBreaks: 2 });
};

function linesOf(rows: readonly DomNode[]): string[] {
  const cells = rows.map((row) =>
    (row.children ?? []).filter(({ name }) => name === 'td' || name === 'th').slice(0, MAX_CELLS),
  );
  const first = cells[0] ?? [];
  const named = first.length > 1 && cells.length > 1 && first.every(isHeading);
  const columns = named ? first.map(oneLine) : [];
  return cells.slice(named ? 1 : 0).flatMap((row) => {
    const texts = row.map(oneLine);
    const text = named ? rowText(columns, texts) : texts.filter((cell) => cell !== '').join(' | ');
    return text === '' ? [] : [text];
  });
}

/** Word knows no cells that are headings; people make them bold. */
function isHeading(cell: DomNode): boolean {
  if (cell.name === 'th') return true;
  const bold = descendants(cell, 'strong').next().value;
  return bold !== undefined && oneLine(bold) === oneLine(cell);
}

/** The first of them is taken next. One by one: as arguments of one call, a hundred thousand rows are more than the stack holds. */
function openChildren(node: DomNode, open: DomNode[]): void {
  const children = node.children ?? [];
  for (let at = children.length - 1; at >= 0; at--) open.push(children[at]!);
}

function* descendants(element: DomNode, name: string): Generator<DomNode> {
  const open: DomNode[] = [];
  openChildren(element, open);
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.name === name) yield node;
    openChildren(node, open);
  }
}

/** All text within, in one line. Without recursion: markup may nest as deep as it likes. */
function oneLine(element: DomNode): string {
  const parts: string[] = [];
  const open: DomNode[] = [element];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'text') parts.push(node.data ?? '');
    else if (!UNSEEN.includes(node.name ?? '')) {
      if (node.name === 'br' || node.name === 'p' || node.name === 'li') parts.push(' ');
      openChildren(node, open);
    }
  }
  return parts.join('').replace(SIGNS, '').replace(/\s+/g, ' ').trim();
}

const options = {
  wordwrap: false as const,
  limits: { maxDepth: MAX_DEPTH, maxInputLength: 20 * 2 ** 20 },
  formatters: { heading, rows: table },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    ...[...UNSEEN, ...AROUND].map((selector) => ({ selector, format: 'skip' })),
    ...LEVELS.map((level) => ({ selector: `h${level}`, format: 'heading' })),
    { selector: 'table', format: 'rows' },
    { selector: 'blockquote', format: 'block' },
    { selector: 'ul', options: { itemPrefix: '• ' } },
  ],
};
/** The text of a page stands in its main part, where it has one. */
const convertMain = compile({ ...options, baseElements: { selectors: ['main'], returnDomByDefault: true } });
const convertBody = compile({ ...options, baseElements: { selectors: ['body'], returnDomByDefault: true } });

/** What stands between tags is text: nothing else of it is left. */
const line = compile({ wordwrap: false, limits: { maxInputLength: 2_000 } });

function titleOf(html: string): string {
  const found = /<title\b[^>]{0,200}>([^<]{0,500})<\/title/i.exec(html.slice(0, 200_000))?.[1] ?? '';
  return line(found).replace(/\s+/g, ' ').trim();
}
