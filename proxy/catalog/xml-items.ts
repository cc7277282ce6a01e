import sax from 'sax';
import { SourceError } from './source-error.ts';

/** Longest text of one field; what comes after is dropped. */
const MAX_FIELD = 200_000;
/** Fields of one item, and how deep elements may stand in each other. */
const MAX_FIELDS = 1_000;
const MAX_DEPTH = 50;

export interface XmlItem {
  line: number;
  /** Direct children by name without prefix, in the document's order; those of a prefix (`g:`) first. */
  fields: Map<string, string[]>;
}

/**
 * The `<item>` (RSS) or `<entry>` (Atom) elements of a feed, one after another. The five entities of XML and numbered
 * characters are known; a DOCTYPE is refused, and with it every entity it could bring.
 * @throws SourceError with the line
 */
export async function* xmlItems(text: AsyncIterable<string>, name: string): AsyncGenerator<XmlItem> {
  const reader = createReader(name);
  for await (const chunk of text) yield* reader.write(chunk);
  reader.end();
}

function createReader(name: string) {
  const options = { strictEntities: true, position: true };
  const parser = sax.parser(true, options);
  // The library's own list has a prototype, so it would know `&constructor;` too.
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
  let failure: SourceError | undefined;
  let ready: XmlItem[] = [];
  let item: { line: number; fields: Field[] } | undefined;
  let itemDepth = 0;
  let depth = 0;
  let field: Field | undefined;

  const fail = (reason: string) => {
    failure ??= new SourceError(`${name}, line ${parser.line + 1}: ${reason}.`);
  };
  const take = (text: string) => {
    if (field !== undefined && depth === itemDepth + 1 && field.text.length < MAX_FIELD) field.text += text;
  };

  parser.onerror = (error) => fail(error.message.split('\n')[0]!);
  parser.ondoctype = () => fail('a DOCTYPE is not taken');
  parser.ontext = take;
  parser.oncdata = take;
  parser.onopentag = ({ name: tag, attributes }) => {
    if (depth === 0 && !/^(rss|feed|(rdf:)?RDF)$/.test(tag))
      fail(`this is no product feed, it begins with <${tag.slice(0, 40)}>`);
    if (++depth > MAX_DEPTH) fail('elements stand too deep in each other');
    const [local, prefix] = nameOf(tag);
    if (item === undefined) {
      if (local !== 'item' && local !== 'entry') return;
      item = { line: parser.line + 1, fields: [] };
      itemDepth = depth;
    } else if (depth === itemDepth + 1) {
      // Atom keeps the link in an attribute; of several only the page itself counts.
      const { rel = 'alternate', href = '' } = attributes as Record<string, string>;
      field = { name: local, text: local === 'link' && rel === 'alternate' ? href : '', prefixed: prefix !== '' };
    }
  };
  parser.onclosetag = () => {
    if (item !== undefined && depth === itemDepth) {
      ready.push({ line: item.line, fields: byName(item.fields) });
      item = undefined;
    } else if (item !== undefined && field !== undefined && depth === itemDepth + 1) {
      if (item.fields.length < MAX_FIELDS) item.fields.push(field);
      field = undefined;
    }
    depth--;
  };

  return {
    *write(chunk: string): Generator<XmlItem> {
      if (failure === undefined) parser.write(chunk);
      const items = ready;
      ready = [];
      yield* items;
      if (failure !== undefined) throw failure;
    },
    end() {
      parser.close();
      if (failure !== undefined) throw failure;
    },
  };
}

interface Field {
  name: string;
  text: string;
  prefixed: boolean;
}

/** <g:title> stands beside RSS's own <title>, and means the product. */
function byName(fields: readonly Field[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, text } of [...fields.filter(({ prefixed }) => prefixed), ...fields.filter((f) => !f.prefixed)]) {
    if (text.trim() !== '') names.set(name, [...(names.get(name) ?? []), text.trim()]);
  }
  return names;
}

function nameOf(tag: string): [local: string, prefix: string] {
  const colon = tag.indexOf(':');
  return colon < 0 ? [tag, ''] : [tag.slice(colon + 1), tag.slice(0, colon)];
}
