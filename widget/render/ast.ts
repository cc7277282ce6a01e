/**
 * A block of a markdown text. Its inline markup is still unparsed: who draws a block that is new parses it. The parser
 * changes a block in place as long as it grows, so the same object is the same block.
 */
export type Block = Leaf | Container;

export type Leaf =
  | { type: 'paragraph'; text: string }
  | Heading
  | { type: 'code'; text: string }
  | Row
  | { type: 'rule' };

export interface Heading {
  type: 'heading';
  /** As it was written, 1 to 6. */
  level: number;
  /** How many headings it stands under, itself included: models begin at any level, and leave some out. */
  depth: number;
  text: string;
}

export type Container = { type: 'quote'; blocks: Block[] } | List | ListItem | Table;

export interface List {
  type: 'list';
  /** Number of the first item; null for bullets. */
  first: number | null;
  /** Blank lines stand between the items or their blocks: they are set apart as paragraphs. */
  loose: boolean;
  blocks: ListItem[];
}

export interface ListItem {
  type: 'item';
  /** A task's box; null for an item that is no task. */
  checked: boolean | null;
  blocks: Block[];
}

export interface Table {
  type: 'table';
  align: (Align | null)[];
  header: string[];
  blocks: Row[];
}

export interface Row {
  type: 'row';
  cells: string[];
  align: Table['align'];
}

/** As in CSS: right-to-left tables are aligned as their author meant it, too. */
export type Align = 'start' | 'center' | 'end';

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'break' }
  | { type: 'cite'; number: number }
  | { type: 'link' | 'image'; href: string; children: Inline[] }
  | { type: 'strong' | 'em' | 'del'; children: Inline[] };
