import type { Block, Inline, ListItem } from '../../../widget/render/ast.ts';
import { BlockParser } from '../../../widget/render/parse-blocks.ts';
import { parseInline } from '../../../widget/render/parse-inline.ts';

export function parseBlocks(markdown: string): Block[] {
  const parser = new BlockParser();
  for (const line of markdown.split('\n')) parser.line(line);
  return parser.blocks;
}

/** The blocks as a renderer that trusts everything would write them: to be compared with another parser's. */
export function html(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('');
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlineHtml(block.text)}</p>`;
    case 'heading':
      return `<h${block.level}>${inlineHtml(block.text)}</h${block.level}>`;
    case 'code':
      return `<pre><code>${escape(block.text)}</code></pre>`;
    case 'quote':
      return `<blockquote>${html(block.blocks)}</blockquote>`;
    case 'rule':
      return '<hr>';
    case 'list': {
      const name = block.first === null ? 'ul' : 'ol';
      const start = block.first === null || block.first === 1 ? '' : ` start="${block.first}"`;
      return `<${name}${start}>${block.blocks.map((item) => itemHtml(item, block.loose)).join('')}</${name}>`;
    }
    case 'table': {
      const row = (cells: string[], name: string): string =>
        `<tr>${cells.map((cell) => `<${name}>${inlineHtml(cell)}</${name}>`).join('')}</tr>`;
      const body = block.blocks.map(({ cells }) => row(cells, 'td')).join('');
      return `<table><thead>${row(block.header, 'th')}</thead>${body && `<tbody>${body}</tbody>`}</table>`;
    }
    case 'item':
    case 'row':
      throw new Error(`A ${block.type} stands in its list or table.`);
  }
}

function itemHtml({ blocks }: ListItem, loose: boolean): string {
  const tight = (block: Block): string => (block.type === 'paragraph' ? inlineHtml(block.text) : blockHtml(block));
  return `<li>${blocks.map(loose ? blockHtml : tight).join('')}</li>`;
}

export function inlineHtml(text: string): string {
  return inlines(parseInline(text));
}

/** What an image’s description says without its markup. */
function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => ('children' in node ? plainText(node.children) : 'text' in node ? node.text : '\n'))
    .join('');
}

function inlines(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return escape(node.text);
      if (node.type === 'code') return `<code>${escape(node.text)}</code>`;
      if (node.type === 'break') return '<br>';
      if (node.type === 'cite') return `<sup>${node.number}</sup>`;
      if (node.type === 'image') return `<img src="${escape(node.href)}" alt="${escape(plainText(node.children))}">`;
      if (node.type === 'link') return `<a href="${escape(node.href)}">${inlines(node.children)}</a>`;
      return `<${node.type}>${inlines(node.children)}</${node.type}>`;
    })
    .join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Without what doesn't show: white space around blocks, attributes beyond ours, the way a character is written. */
export function normal(markup: string): string {
  return markup
    .replace(/ (?:align|class)="[^"]*"/g, '')
    .replace(/&(?:quot|#39|amp|lt|gt);/g, (entity) => {
      const char = { '&quot;': '"', '&#39;': "'", '&amp;': '&', '&lt;': '<', '&gt;': '>' }[entity]!;
      return escape(char);
    })
    .replace(/\s*(<\/?(?:p|ul|ol|li|h\d|blockquote|pre|table|thead|tbody|tr|td|th|hr|br)(?: [^>]*)?>)\s*/g, '$1')
    .replace(/\n +/g, '\n')
    .replace(/\s*<\/code><\/pre>/g, '</code></pre>');
}
