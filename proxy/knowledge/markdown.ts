import { BlockList, type Extracted, rowText } from './blocks.ts';

const MAX_CELLS = 200;

/**
 * Text of Markdown: headings, rows of tables, and paragraphs without their marks. Its HTML loses its tags: nothing in a
 * document of a shop's is anything but text.
 */
export function extractMarkdown(text: string): Extracted {
  const list = new BlockList();
  const lines = withoutFrontMatter(text).split(/\r\n?|\n/);
  let paragraph: string[] = [];
  let fence: string | undefined;
  let columns: string[] | undefined;
  function flush(): void {
    list.add({ kind: 'text', text: paragraph.join('\n') });
    paragraph = [];
  }
  for (const [index, line] of lines.entries()) {
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marks !== undefined && (fence === undefined || marks.startsWith(fence))) {
      fence = fence === undefined ? marks : undefined;
      continue;
    }
    if (fence !== undefined) {
      paragraph.push(line);
      continue;
    }
    const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/.exec(line);
    const under = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(line)?.[1];
    if (heading) {
      flush();
      list.add({ kind: 'heading', level: heading[1]!.length, text: inline(heading[2]!) });
    } else if (under !== undefined && paragraph.length === 1) {
      const [only] = paragraph.splice(0);
      list.add({ kind: 'heading', level: under.startsWith('=') ? 1 : 2, text: only! });
    } else if (isDivider(line) && columns === undefined && isRow(lines[index - 1])) {
      // The line before it was the head of a table.
      paragraph.pop();
      flush();
      columns = cellsOf(lines[index - 1]!);
    } else if (columns !== undefined && isRow(line)) {
      list.add({ kind: 'row', text: rowText(columns, cellsOf(line)) });
    } else {
      columns = undefined;
      if (line.trim() === '') flush();
      else if (!/^ {0,3}([-*_][ \t]*){3,}$/.test(line)) paragraph.push(inline(line));
    }
  }
  flush();
  return { blocks: list.blocks };
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/^---\r?\n[\s\S]{0,10000}?\r?\n---\r?\n/, '');
}

function isRow(line: string | undefined): boolean {
  return line !== undefined && line.includes('|') && line.trim() !== '';
}

function isDivider(line: string): boolean {
  return line.includes('|') && /^[ \t|:-]+$/.test(line) && line.includes('-');
}

function cellsOf(line: string): string[] {
  const bare = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/, MAX_CELLS).map((cell) => inline(cell.replaceAll('\\|', '|')).trim());
}

/** Without the marks of emphasis, code, links and pictures. Bounded classes: no line makes it go back and forth. */
function inline(line: string): string {
  return line
    .replace(/<!--.{0,2000}?-->|<\/?[a-z][^<>]{0,1000}>/gi, ' ')
    .replace(/!\[([^\]\n]{0,500})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/\[([^\]\n]{1,500})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/\*\*|__|`+|~~/g, '')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}*])/gu, '')
    .replace(/^(\s*)>\s?/, '$1')
    .replace(/^(\s*)[-+*]\s+/, '$1• ')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
