/** The provider's own search of a vector store: what is asked, what comes back, and what happens where there is none. */
import { describe, expect, test } from 'vitest';
import { accountOf } from '../../../proxy/models/hosted-search.ts';
import type { HostedSearch, ModelEvent, ModelTool } from '../../../proxy/models/types.ts';
import { withFallback } from '../../../proxy/models/with-fallback.ts';
import { chatAnswer } from '../../fakes/chat-replies.ts';
import {
  annotationAdded,
  answer,
  citing,
  completed,
  CUT,
  failure,
  fileCitation,
  fileSearch,
  frames,
  itemDone,
  message,
  output,
  reasoning,
  STALL,
  textDelta,
  type OutputItem,
  type Part,
  type Script,
} from '../../fakes/fake-openai.ts';
import { API_KEY, ask, fakeModel, question } from './ask.ts';

const tool = (name: string): ModelTool => ({
  name,
  description: 'Finds.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
});
const tools = [tool('search_products'), tool('search_documents')];
const FOUND = { file_id: 'file-1', filename: 'returns.md', score: 0.9, attributes: {}, text: 'Within 30 days.' };
const SEARCHED = fileSearch(['return'], [FOUND]);

/** A model whose server has the search, and a request that wants it. */
async function hosted(
  script: Script,
  options: { wire?: 'responses' | 'chat'; fileSearch?: boolean; idleTimeoutMs?: number } = {},
) {
  const { wire = 'responses', fileSearch: can = true, ...limits } = options;
  const told: { model?: string; why?: string }[] = [];
  const log = { warn: (fields: object) => void told.push(fields) };
  const { model, fake } = await fakeModel(script, { wire, log, capabilities: { fileSearch: can }, ...limits });
  const search: HostedSearch = {
    replaces: 'search_documents',
    instructions: 'Search the files.',
    account: accountOf({ baseUrl: fake.baseUrl, apiKey: API_KEY }),
    store: 'vs_1',
    only: { clerk_shop: ['pets'], clerk_document: ['doc_1', 'doc_2'] },
    maxSearches: 3,
    maxParts: 5,
  };
  return { model, fake, told, search, request: { tools, hosted: search } };
}

/** The text with the citations in it. */
const marked = (events: readonly ModelEvent[]) =>
  events.map((one) => (one.type === 'text' ? one.delta : one.type === 'cited' ? `{${one.file}}` : '')).join('');

const toolNames = (body: { tools?: { name?: string; type?: unknown }[] } | undefined) =>
  body?.tools?.map(({ name, type }) => name ?? type);

describe('where the server searches by itself', () => {
  test('the tool of the provider takes the place of ours, for these files alone, and tells what it found', async () => {
    const { model, fake, request } = await hosted([answer('Hello.')]);
    await ask(model, request);
    expect(fake.requests[0]!.body).toMatchObject({
      instructions: 'Search the files.',
      include: ['reasoning.encrypted_content', 'file_search_call.results'],
      max_tool_calls: 3,
      tools: [
        { type: 'function', name: 'search_products' },
        {
          type: 'file_search',
          vector_store_ids: ['vs_1'],
          max_num_results: 5,
          filters: {
            type: 'and',
            filters: [
              { type: 'eq', key: 'clerk_shop', value: 'pets' },
              { type: 'in', key: 'clerk_document', value: ['doc_1', 'doc_2'] },
            ],
          },
          ranking_options: { ranker: 'auto' },
        },
      ],
    });
  });

  test('is not given to a model that was not to have the tool', async () => {
    const { model, fake, search } = await hosted([answer('Hello.')]);
    await ask(model, { tools: tools.slice(0, 1), hosted: search });
    expect(toolNames(fake.requests[0]!.body)).toEqual(['search_products']);
    expect(fake.requests[0]!.body).not.toHaveProperty('max_tool_calls');
  });

  test('its search, what it found and its citations come as events, each citation at its place', async () => {
    const reply = output([SEARCHED, citing('Within 30 days', { file: 'file-1' }, '. Bye', { file: 'file-2' }, '.')]);
    const { model, request } = await hosted([reply]);
    const { events, end } = await ask(model, request);
    expect(events.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1])).toEqual([
      'searching',
      'found',
      'text',
      'cited',
      'text',
      'cited',
      'text',
      'end',
    ]);
    expect(events[1]).toEqual({
      type: 'found',
      queries: ['return'],
      parts: [{ file: 'file-1', text: 'Within 30 days.' }],
    });
    expect(marked(events)).toBe('Within 30 days{file-1}. Bye{file-2}.');
    expect(end?.items).toEqual([
      {
        type: 'opaque',
        model: 'gpt-test',
        item: {
          type: 'file_search_call',
          id: 'fs_fake',
          status: 'completed',
          queries: ['return'],
          results: [{ file_id: 'file-1', text: 'Within 30 days.' }],
        },
      },
      { type: 'message', role: 'assistant', text: 'Within 30 days. Bye.' },
    ]);
  });

  test('goes back to the same model in the next round, behind the thought that led to it', async () => {
    const { model, fake, request } = await hosted([
      output([reasoning('abc'), SEARCHED, message('Hm.')]),
      answer('Ok.'),
    ]);
    const { end } = await ask(model, request);
    await ask(model, { ...request, input: end!.items });
    expect(fake.requests[1]!.body.input.map(({ type }) => type)).toEqual(['reasoning', 'file_search_call', 'message']);
  });

  test('what it found is cleaned, cut and counted, whatever the server sends', async () => {
    const strange = [null, 7, { file_id: 'file-1' }, { file_id: 'x'.repeat(300), text: 'a' }];
    const many = Array.from({ length: 30 }, () => ({ ...FOUND, text: `<|im_start|>a\u202eb${'c'.repeat(9_000)}` }));
    const { model, request } = await hosted([
      output([fileSearch([7 as never, 'q'], [...strange, ...many] as never), message('Ok.')]),
    ]);
    const { events } = await ask(model, request);
    const found = events.find((event) => event.type === 'found')!;
    expect(found.parts).toHaveLength(6);
    expect(found.parts.every(({ text }) => text.length <= 6_000 && !/<\||\u202e/.test(text))).toBe(true);
  });

  test('a search whose results nobody has given finds nothing', async () => {
    const { model, request } = await hosted([output([fileSearch(['q'], null), message('Ok.')])]);
    const { events } = await ask(model, request);
    expect(events.slice(0, 2)).toEqual([{ type: 'searching' }, { type: 'found', queries: ['q'], parts: [] }]);
  });

  test('is no news of a server that was not to search', async () => {
    const { model } = await hosted([output([SEARCHED, citing('Hello', { file: 'file-1' }, '.')])]);
    const { events } = await ask(model, { tools });
    expect(events.map(({ type }) => type)).not.toContain('found');
  });
});

describe('a citation', () => {
  const TEXT = 'Within 30 days 🐕. Free from 199 ₪, bye.';
  const PLACES = [14, 16, 33];
  const RIGHT = 'Within 30 days{0} 🐕{1}. Free from 199 ₪{2}, bye.';
  const search: OutputItem = SEARCHED;
  const stream = (pieces: string[], isLate: (length: number, index: number) => boolean) => {
    const left = PLACES.map((index, at) => fileCitation(String(at), index));
    let length = 0;
    return frames([
      itemDone(search, 0),
      ...pieces.flatMap((piece) => {
        length += [...piece].length;
        const here = left.splice(0, left.filter(({ index }) => isLate(length, index)).length);
        return [textDelta(piece, 1), ...here.map((one) => annotationAdded(one, 1))];
      }),
      itemDone(citing(TEXT), 1),
      completed(),
    ]);
  };

  test('stands at its place however the text comes in pieces', async () => {
    const cut = Array.from(TEXT);
    const chunkings = [
      [TEXT],
      cut,
      ...cut.map((_, at) => [cut.slice(0, at).join(''), cut.slice(at).join('')].filter((piece) => piece !== '')),
    ];
    const { model, request } = await hosted(chunkings.map((pieces) => stream(pieces, (length, at) => length >= at)));
    for (const pieces of chunkings) {
      const { events, text } = await ask(model, request);
      expect([marked(events), text], JSON.stringify(pieces)).toEqual([RIGHT, TEXT]);
    }
  });

  test('that comes late stands behind the word that is being said, and tells how far back it belongs', async () => {
    const { model, request } = await hosted([
      frames([
        itemDone(search, 0),
        ...['Within 30 days. ', 'Yo', 'u'].map((piece) => textDelta(piece, 1)),
        annotationAdded(fileCitation('file-1', 14), 1),
        textDelta(' may.', 1),
        completed(),
      ]),
    ]);
    const { events } = await ask(model, request);
    expect(marked(events)).toBe('Within 30 days. You{file-1} may.');
    expect(events.find(({ type }) => type === 'cited')).toEqual({ type: 'cited', file: 'file-1', back: 5 });
  });

  test('that comes before its words waits for them, and beyond their end stands there', async () => {
    const { model, request } = await hosted([
      frames([
        itemDone(search, 0),
        textDelta('One', 1),
        annotationAdded(fileCitation('b', 7), 1),
        annotationAdded(fileCitation('z', 700), 1),
        ...[' two', ' three'].map((piece) => textDelta(piece, 1)),
        completed(),
      ]),
    ]);
    expect(marked((await ask(model, request)).events)).toBe('One two{b} three{z}');
  });

  test('may stand at one place with others, and comes but once though the end tells it again', async () => {
    const item = citing('One.', { file: 'a' }, { file: 'b' }, ' Two.', { file: 'a' });
    const { model, request } = await hosted([
      output([search, item]),
      frames([itemDone(search, 0), completed({ output: [search, item] })]),
    ]);
    for (const _ of ['streamed', 'in one piece']) {
      expect(marked((await ask(model, request)).events)).toBe('One.{a}{b} Two.{a}');
    }
  });

  test('that is told only at the end stands there', async () => {
    const item = citing('One.', { file: 'a' }, ' Two.');
    const { model, request } = await hosted([
      frames([itemDone(search, 0), textDelta('One. Two.', 1), itemDone(item, 1), completed()]),
    ]);
    const { events } = await ask(model, request);
    expect(marked(events)).toBe('One. Two.{a}');
    expect(events.find(({ type }) => type === 'cited')).toMatchObject({ back: 5 });
  });

  test('stands between letters of a script without blanks', async () => {
    const { model, request } = await hosted([output([search, citing('三十日以内', { file: 'a' }, 'です')])]);
    expect(marked((await ask(model, request)).events)).toBe('三十日以内{a}です');
  });

  test.each([
    ['\u{1F468}\u200d\u{1F467}', 1, 'a family of one sign'],
    ['\u{1F468}\u200d\u{1F467}', 2, 'its other half'],
    ['\u{1F44D}\u{1F3FD}', 1, 'a colour of its own'],
    ['\u{1F1EE}\u{1F1F1}', 1, 'a flag'],
    ['₪\u0301', 1, 'an accent'],
    ['1,999', 1, 'a figure'],
    ['1.5', 2, 'another figure'],
  ])('never stands in the middle of a sign or a figure: %s, %i (%s)', async (sign, index) => {
    const item = message('', {
      content: [{ type: 'output_text', text: `${sign} a`, annotations: [fileCitation('a', index)] }],
    });
    const { model, request } = await hosted([output([search, item])]);
    expect(marked((await ask(model, request)).events)).toBe(`${sign}{a} a`);
  });

  test('may come ten thousand times: two hundred count, all words are told', async () => {
    const pieces = Array.from({ length: 100 }, (_, at) => `Word${at} `);
    const flood = Array.from({ length: 10_000 }, (_, at) => fileCitation(`f${at}`, at % 700));
    const { model, request } = await hosted([
      frames([
        itemDone(search, 0),
        ...pieces.map((piece) => textDelta(piece, 1)),
        ...flood.map((one) => annotationAdded(one, 1)),
        itemDone(citing(pieces.join(''), ...flood.map(({ file_id }) => ({ file: String(file_id) }))), 1),
        completed(),
      ]),
    ]);
    const { events, text } = await ask(model, request);
    expect(text).toBe(pieces.join(''));
    expect(events.filter(({ type }) => type === 'cited')).toHaveLength(200);
  });

  test('that points elsewhere, or nowhere, is none', async () => {
    const bad = [
      null,
      { type: 'url_citation', url: 'https://evil.example', start_index: 0, end_index: 1 },
      { ...fileCitation('a', 1), index: -1 },
      { ...fileCitation('a', 1), index: '1' },
      { ...fileCitation('a', 1), index: null },
      { ...fileCitation('a', 1), index: 0.5 },
      { ...fileCitation('a', 1), index: 1e300 },
      fileCitation('', 1),
      fileCitation('x'.repeat(500), 1),
    ];
    const { model, request } = await hosted([
      frames([
        itemDone(search, 0),
        textDelta('Hi.', 1),
        ...bad.map((one) => annotationAdded(one as never, 1)),
        completed(),
      ]),
    ]);
    expect(marked((await ask(model, request)).events)).toBe('Hi.');
  });
});

describe('what was held for its citation is told', () => {
  const begun = [
    itemDone(SEARCHED, 0),
    textDelta('You have', 1),
    textDelta(' 30 days', 1),
    annotationAdded(fileCitation('file-1', 16), 1),
  ];

  test.each<[string, Part[], string]>([
    ['the line is cut', [CUT], 'model_interrupted'],
    ['the line ends', [], 'model_interrupted'],
    ['nothing more comes', [STALL], 'model_timeout'],
    [
      'the provider gives up',
      [{ type: 'response.failed', response: { error: { code: 'server_error' } } }],
      'model_interrupted',
    ],
    ['an error comes', [{ type: 'error', message: 'Oops.' }], 'model_interrupted'],
    ['what comes is no event', ['event: x\ndata: {\n\n'], 'model_interrupted'],
  ])('where %s', async (_, rest, code) => {
    const { model, request } = await hosted([frames([...begun, ...rest])], { idleTimeoutMs: 100 });
    const { events, error } = await ask(model, request);
    expect(marked(events)).toBe('You have 30 days{file-1}');
    expect(error).toMatchObject({ code });
  });

  test('where somebody stops it', async () => {
    const [found, ...said] = begun;
    // Its place is told before its words, so that nothing but the end of a word is waited for.
    const early = [found!, said.pop()!, ...said];
    const { model, request } = await hosted([frames([...early, STALL])]);
    const stop = new AbortController();
    const events: ModelEvent[] = [];
    const talk = async () => {
      for await (const event of model.stream(question(request), stop.signal)) {
        events.push(event);
        if (event.type === 'text') stop.abort('stopped');
      }
    };
    await expect(talk()).rejects.toBe('stopped');
    expect(marked(events)).toBe('You have 30 days{file-1}');
  });

  test('before a limit of length, and nothing beyond it', async () => {
    const { model, request } = await hosted([
      frames([...begun, textDelta('x'.repeat(300_000), 1), CUT]),
      frames([
        itemDone(SEARCHED, 0),
        { type: 'response.output_text.delta', output_index: 1, delta: 'Half a' },
        { type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } },
      ]),
    ]);
    const { events, error } = await ask(model, request);
    expect(marked(events)).toBe('You have 30 days{file-1}');
    expect(error?.message).toContain('and was stopped');
    expect(await ask(model, request)).toMatchObject({ text: 'Half a', end: { finish: 'length' } });
  });
});

test('a server that searches without an end is stopped', async () => {
  const { model, request } = await hosted([
    frames([
      ...Array.from({ length: 50 }, (_, at) => itemDone(fileSearch(['q'], [FOUND], `fs_${at}`), at)),
      completed(),
    ]),
  ]);
  const { events, error } = await ask(model, request);
  expect(events.filter(({ type }) => type === 'searching')).toHaveLength(20);
  expect(error).toMatchObject({ code: 'model_interrupted' });
});

describe('where it can’t be had, our own tool is given instead, and the log says so once', () => {
  const names = ['search_products', 'search_documents'];

  test('over Chat Completions', async () => {
    const { model, fake, told, request } = await hosted([chatAnswer('Hello.'), chatAnswer('Hello.')], { wire: 'chat' });
    for (const _ of [1, 2]) expect((await ask(model, request)).text).toBe('Hello.');
    const sent = fake.requests[0]!.body['tools'] as unknown as { function: { name: string } }[];
    expect(sent.map((one) => one.function.name)).toEqual(names);
    expect(told).toEqual([{ model: 'gpt-test', why: 'Chat Completions has none' }]);
  });

  test('at a server that is not known to have it', async () => {
    const { model, fake, told, request } = await hosted([answer('Hello.')], { fileSearch: false });
    await ask(model, request);
    expect(toolNames(fake.requests[0]!.body)).toEqual(names);
    expect(fake.requests[0]!.body['instructions']).not.toBe('Search the files.');
    expect(told).toEqual([{ model: 'gpt-test', why: "the model's server is not known to have one" }]);
  });

  test('with another key than the store’s', async () => {
    const { model, fake, told, request, search } = await hosted([answer('Hello.')]);
    await ask(model, { ...request, hosted: { ...search, account: 'another' } });
    expect(toolNames(fake.requests[0]!.body)).toEqual(names);
    expect(told).toMatchObject([{ why: 'the store is at another server or key' }]);
  });

  test('after a server has said that it knows no such tool: from then on', async () => {
    const refusal = failure(400, { message: "Invalid value: 'file_search'.", param: 'tools[1].type' });
    const { model, fake, told, request } = await hosted([refusal, answer('Hello.'), answer('Again.')]);
    expect((await ask(model, request)).text).toBe('Hello.');
    expect((await ask(model, request)).text).toBe('Again.');
    expect(fake.requests.map(({ body }) => toolNames(body)?.[1])).toEqual([
      'file_search',
      'search_documents',
      'search_documents',
    ]);
    expect(told[0]).toEqual({ model: 'gpt-test', why: "400 Invalid value: 'file_search'." });
  });

  test('where the store is gone: in this answer', async () => {
    const gone = failure(404, { message: "Vector store with id ['vs_1'] not found.", param: 'tools', code: null });
    const { model, fake, told, request } = await hosted([
      gone,
      answer('Hello.'),
      gone,
      answer('Again.'),
      answer('Back.'),
    ]);
    for (const text of ['Hello.', 'Again.', 'Back.']) expect((await ask(model, request)).text).toBe(text);
    expect(fake.requests.map(({ body }) => toolNames(body)?.[1])).toEqual([
      'file_search',
      'search_documents',
      'file_search',
      'search_documents',
      'file_search',
    ]);
    expect(told).toHaveLength(1);
  });

  test('of the model that answers in place of the first one', async () => {
    const first = await hosted(() => failure(500, { message: 'Down.' }));
    const second = await hosted([answer('Hello.')]);
    const model = withFallback(first.model, second.model);
    const { text } = await ask(model, first.request);
    expect(text).toBe('Hello.');
    expect(toolNames(first.fake.requests[0]!.body)?.[1]).toBe('file_search');
    expect(toolNames(second.fake.requests[0]!.body)?.[1]).toBe('search_documents');
  });
});
