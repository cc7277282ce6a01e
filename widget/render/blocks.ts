import { loadReading } from '../reading/load.ts';
import type { Block, Container, Inline, Leaf, Row, Table } from './ast.ts';
import { apart } from './apart.ts';
import { element } from './element.ts';
import { withoutHalfTable } from './held-back.ts';
import { namesAnother, safeUrl } from './links.ts';
import { parseInline } from './parse-inline.ts';
import { cleanText } from './plain-text.ts';

/*
 * Blocks to DOM nodes. This is the whole allow-list: an element or attribute that isn't made here can't appear, since
 * no string ever becomes HTML. It also needs no Trusted Types policy.
 */

export function isContainer(block: Block): block is Container {
  return 'blocks' in block;
}

/** What of a leaf is shown: the same content needs no drawing again. */
export function content(block: Leaf): unknown {
  return block.type === 'row' ? block.cells : block.type === 'rule' || block.text;
}

interface Shell {
  node: HTMLElement;
  inside: HTMLElement;
}

/** The element of a container, and where in it the blocks go. */
export function shell(block: Container): Shell {
  if (block.type === 'table') return tableShell(block);
  const node = element(
    block.type === 'quote' ? 'blockquote' : block.type === 'item' ? 'li' : block.first === null ? 'ul' : 'ol',
  );
  if (block.type === 'item') {
    // Not a form control, which would take part in the page's forms and in the tab order for nothing.
    if (block.checked !== null) node.append(lively('task', textNode(block.checked ? '☑ ' : '☐ ')));
  } else if (block.type === 'list' && block.first !== null && block.first !== 1) {
    node.setAttribute('start', `${block.first}`);
  }
  return { node, inside: node };
}

interface LeafLook {
  /** More of it may come. */
  growing: boolean;
  /** It stands in the item of a tight list itself, without a paragraph. */
  tight: boolean;
}

/** None for a block that has begun and shows nothing yet. */
export function leafNodes(block: Leaf, { growing, tight }: LeafLook): Node[] {
  if (block.type === 'row') return [row('td', block, growing)];
  if (block.type === 'rule') return [element('hr')];
  if (block.type === 'code') return [lively('wide', element('pre', element('code', textNode(block.text))))];
  const isParagraph = block.type === 'paragraph';
  const nodes = inlineNodes(growing && isParagraph ? withoutHalfTable(block.text) : block.text, growing);
  if (isParagraph && tight) return nodes;
  if (growing && nodes.length === 0) return [];
  // The panel's own title is an h2, so an answer's first heading is an h3, whatever the model made of it.
  return [element(isParagraph ? 'p' : `h${Math.min(block.depth + 2, 6)}`, ...nodes)];
}

function tableShell({ header, align }: Table): Shell {
  const inside = element('tbody');
  const table = element('table', element('thead', row('th', { cells: header, align })), inside);
  return { node: lively('wide', table), inside };
}

function row(name: 'th' | 'td', { cells, align }: Pick<Row, 'cells' | 'align'>, growing = false): HTMLElement {
  const nodes = cells.map((text, column) => {
    const cell = element(name, ...inlineNodes(text, growing));
    if (name === 'th') cell.setAttribute('scope', 'col');
    cell.style.textAlign = align[column] ?? '';
    return cell;
  });
  return element('tr', ...nodes);
}

/** An element that gets its behaviour, and its words, when the code for it is there. */
function lively(name: 'cite' | 'task' | 'wide', ...children: Node[]): HTMLElement {
  void loadReading();
  return element(`shopclerk-${name}`, ...children);
}

function inlineNodes(text: string, growing: boolean): Node[] {
  return parseInline(text, growing).flatMap((inline) => inlineNode(inline, text));
}

/** @param block the text that it stands in */
function inlineNode(inline: Inline, block: string, inLink = false): Node[] {
  switch (inline.type) {
    case 'text':
      return apart(cleanText(inline.text), block);
    case 'code':
      return [element('code', textNode(inline.text))];
    case 'break':
      return [element('br')];
    case 'cite': {
      const mark = lively('cite');
      mark.setAttribute('n', `${inline.number}`);
      return [mark];
    }
    case 'strong':
    case 'em':
    case 'del':
      return [element(inline.type, ...inline.children.flatMap((child) => inlineNode(child, block, inLink)))];
    // An image is never loaded: the request alone would carry what the address says out of the chat.
    case 'image':
    case 'link':
      return link(
        inline.href,
        inline.children.flatMap((child) => inlineNode(child, block, true)),
        inLink,
      );
    default:
      return inline satisfies never;
  }
}

/** The content alone where the address is refused, or where it stands in a link already (an image in a link). */
function link(href: string, content: Node[], inLink: boolean): Node[] {
  const url = inLink ? null : safeUrl(href);
  if (!url) return content;
  const anchor = element('a', ...content);
  const { hostname, pathname } = url;
  if (!anchor.textContent) anchor.append(hostname || pathname);
  if (namesAnother(anchor.textContent, url)) anchor.append(` (${hostname || pathname})`);
  anchor.setAttribute('href', url.href);
  anchor.setAttribute('rel', 'noopener noreferrer nofollow');
  anchor.setAttribute('target', '_blank');
  return [anchor];
}

function textNode(text: string): Text {
  return document.createTextNode(cleanText(text));
}
