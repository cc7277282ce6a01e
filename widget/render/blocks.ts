import type { Block, Inline, List, ListItem, Table } from './ast.ts';
import { safeUrl } from './links.ts';
import { parseInline } from './parse-inline.ts';
import { cleanText } from './plain-text.ts';

/**
 * Blocks to DOM nodes. This is the whole allow-list: an element or attribute that isn't made here can't appear, since
 * no string ever becomes HTML. It also needs no Trusted Types policy.
 */
export function renderBlock(block: Block): HTMLElement {
  const node = blockNode(block);
  node.setAttribute('dir', 'auto');
  return node;
}

function blockNode(block: Block): HTMLElement {
  switch (block.type) {
    case 'heading':
      // The panel's own title is an h2, so the answer's headings begin below it.
      return element(`h${Math.min(block.level + 2, 6)}`, inlineNodes(block.text));
    case 'paragraph':
      return element('p', inlineNodes(block.text));
    case 'code':
      return codeNode(block);
    case 'quote':
      return element(
        'blockquote',
        block.blocks.map((inner) => blockNode(inner)),
      );
    case 'list':
      return listNode(block);
    case 'table':
      return tableNode(block);
    case 'rule':
      return element('hr', []);
    default:
      return block satisfies never;
  }
}

function codeNode({ text }: Block & { type: 'code' }): HTMLElement {
  const pre = element('pre', [element('code', [textNode(text)])]);
  // It scrolls sideways, and not every browser lets the keyboard into a scroller by itself.
  pre.tabIndex = 0;
  return pre;
}

function listNode(list: List): HTMLElement {
  const items = list.items.map((item) => itemNode(item, list.loose));
  const node = element(list.first === null ? 'ul' : 'ol', items);
  if (list.first !== null && list.first !== 1) node.setAttribute('start', String(list.first));
  return node;
}

/** In a tight list a text stands in the item itself, without a paragraph. */
export function itemNode({ checked, blocks }: ListItem, loose: boolean): HTMLElement {
  const content = blocks.flatMap((block): Node[] =>
    block.type === 'paragraph' && !loose ? inlineNodes(block.text) : [blockNode(block)],
  );
  if (checked === null) return element('li', content);
  // A form control would take part in the page's forms and in the tab order for nothing.
  const box = textNode(checked ? '☑ ' : '☐ ');
  const [first] = content;
  if (first instanceof HTMLParagraphElement) first.prepend(box);
  else content.unshift(box);
  return element('li', content);
}

function tableNode({ header, rows, align }: Table): HTMLElement {
  const row = (cells: string[], name: 'th' | 'td'): HTMLElement =>
    element(
      'tr',
      cells.map((text, column) => {
        const cell = element(name, inlineNodes(text));
        cell.style.textAlign = align[column] ?? '';
        return cell;
      }),
    );
  const body = rows.map((cells) => row(cells, 'td'));
  const head = element('thead', [row(header, 'th')]);
  const scroller = element('div', [element('table', body.length > 0 ? [head, element('tbody', body)] : [head])]);
  scroller.className = 'table-scroll';
  scroller.tabIndex = 0;
  return scroller;
}

function inlineNodes(text: string): Node[] {
  return parseInline(text).flatMap((inline) => inlineNode(inline));
}

function inlineNode(inline: Inline, inLink = false): Node[] {
  switch (inline.type) {
    case 'text':
      return [textNode(inline.text)];
    case 'code':
      return [element('code', [textNode(inline.text)])];
    case 'break':
      return [element('br', [])];
    case 'strong':
    case 'em':
    case 'del':
      return [
        element(
          inline.type,
          inline.children.flatMap((child) => inlineNode(child, inLink)),
        ),
      ];
    case 'link':
      return link(
        inline.href,
        inline.children.flatMap((child) => inlineNode(child, true)),
        inLink,
      );
    case 'image': {
      // Never loaded: the request alone would carry what the address says out of the chat.
      const alt = inline.alt || safeUrl(inline.href)?.hostname;
      return alt ? link(inline.href, [textNode(alt)], inLink) : [];
    }
    default:
      return inline satisfies never;
  }
}

/** The content alone where the address is refused, or where it stands in a link already (an image in a link). */
function link(href: string, content: Node[], inLink: boolean): Node[] {
  const url = inLink ? null : safeUrl(href);
  if (!url) return content;
  const anchor = element('a', content);
  anchor.setAttribute('href', url.href);
  anchor.setAttribute('rel', 'noopener noreferrer nofollow');
  anchor.setAttribute('target', '_blank');
  return [anchor];
}

function textNode(text: string): Text {
  return document.createTextNode(cleanText(text));
}

function element(name: string, children: readonly Node[]): HTMLElement {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}
