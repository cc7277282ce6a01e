/** A block of a markdown text. Its inline markup is still unparsed: who draws a block that is new parses it. */
export type Block =
  | { type: 'paragraph'; start: number; text: string }
  | { type: 'heading'; start: number; level: number; text: string }
  | { type: 'code'; start: number; text: string }
  | { type: 'quote'; start: number; blocks: Block[] }
  | List
  | Table
  | { type: 'rule'; start: number };

/** `start` of blocks and items is where their first line begins in the source. */
export interface List {
  type: 'list';
  start: number;
  /** Number of the first item; null for bullets. */
  first: number | null;
  /** Blank lines stand between the items or their blocks: they are set apart as paragraphs. */
  loose: boolean;
  items: ListItem[];
}

export interface ListItem {
  start: number;
  /** A task's box; null for an item that is no task. */
  checked: boolean | null;
  blocks: Block[];
}

export interface Table {
  type: 'table';
  start: number;
  align: (Align | null)[];
  header: string[];
  rows: string[][];
}

/** As in CSS: right-to-left tables are aligned as their author meant it, too. */
export type Align = 'start' | 'center' | 'end';

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'break' }
  | { type: 'image'; href: string; alt: string }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'strong' | 'em' | 'del'; children: Inline[] };
