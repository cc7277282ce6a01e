import { pipeline, Readable, Writable } from 'node:stream';
import { Assembler } from 'stream-json/assembler.js';
import type { Token } from 'stream-json/parser.js';
import { verifier, type VerifierError } from 'stream-json/utils/verifier.js';
import { withParser } from 'stream-json/utils/with-parser.js';
import type { OpenedSource } from './open-source.ts';
import { SourceError } from './source-error.ts';

/** Longest product, in characters of JSON; a thousand variants are about 500,000. */
const MAX_PRODUCT = 4_000_000;

/**
 * The items of `{"products": [...]}` one after another; one is held at a time.
 * @throws SourceError when it isn't that, or breaks off
 */
export async function* jsonProducts(source: OpenedSource): AsyncGenerator {
  const budget = { left: MAX_PRODUCT };
  const items = withParser.asStream(() => productTokens(source.name, budget) as Stage, { streamValues: false });
  try {
    // pipeline() carries an error of either end to the loop, and ends the reading when the loop is left.
    const found = pipeline(Readable.from(counted(source, budget)), items, () => {}) as AsyncIterable<{ item: unknown }>;
    for await (const { item } of found) yield item;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('Parser ')) throw error;
    throw new SourceError(`${source.name} is not JSON${await placeOfError(source)}.`, { cause: error });
  }
}

async function* counted(source: OpenedSource, budget: { left: number }): AsyncGenerator<string> {
  for await (const text of source.text()) {
    budget.left -= text.length;
    if (budget.left < 0) throw new SourceError(`${source.name} has a product of more than ${MAX_PRODUCT} characters.`);
    yield text;
  }
}

/** What the library marks its own stages as; ours has nothing to give at the end. */
type Stage = ReturnType<Parameters<typeof withParser.asStream>[0]>;

/** Takes tokens, gives `{ item }` (a bare null would be lost in a stream); undefined while one isn't complete. */
function productTokens(name: string, budget: { left: number }) {
  const wrong = () => new SourceError(`${name} is not a catalogue: expected {"products": [ … ]} and nothing else.`);
  let state: 'start' | 'key' | 'list' | 'items' | 'end' = 'start';
  let assembler = new Assembler();
  return (token: Token): unknown => {
    if (state === 'items' && (!assembler.done || token.name !== 'endArray')) {
      if (assembler.done && !/^start(Object|Array)$/.test(token.name)) return { item: bareValue(token) };
      assembler.consume(token);
      if (!assembler.done) return undefined;
      const item: unknown = assembler.current;
      assembler = new Assembler();
      budget.left = MAX_PRODUCT;
      return { item };
    }
    if (state === 'start' && token.name === 'startObject') state = 'key';
    else if (state === 'key' && token.name === 'keyValue' && token.value === 'products') state = 'list';
    else if (state === 'list' && token.name === 'startArray') state = 'items';
    else if (state === 'items') state = 'end';
    else if (state !== 'end' || token.name !== 'endObject') throw wrong();
    return undefined;
  };
}

function bareValue(token: Token): unknown {
  if (token.name === 'numberValue') return Number(token.value);
  return 'value' in token ? token.value : null;
}

/** The parser doesn't know where it is, so the file is read once more by one that does. */
async function placeOfError(source: OpenedSource): Promise<string> {
  const check = verifier.asStream();
  const found = await new Promise<Error | null | undefined>((resolve) => {
    pipeline(
      Readable.from(source.text()),
      check,
      new Writable({ objectMode: true, write: (_, __, done) => done() }),
      resolve,
    );
  });
  const { line, pos } = (found ?? {}) as Partial<VerifierError>;
  return line === undefined ? '' : ` (line ${line}, column ${pos})`;
}
