/** What becomes of a search that the model's own server makes: whatever it finds, and wherever the answer breaks off. */
import { describe, expect, test } from 'vitest';
import { runTurn } from '../../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../../proxy/chat/types.ts';
import type { ModelEvent } from '../../../proxy/models/types.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { fakeKnowledge, passage } from '../../fakes/fake-knowledge.ts';
import { says, scriptedModel, text, type Step } from '../../fakes/scripted-model.ts';
import { actsOf, begin, question, shop as petShop, workshop } from './workshop.ts';

const key = { baseUrl: 'http://127.0.0.1:9/v1', apiKey: new Secret('sk-test'), guarded: false };
const shop: Shop = {
  ...petShop,
  tools: ['search_documents'],
  answerCache: { minutes: 60 },
  documents: { ...petShop.documents, store: { type: 'openai', search: 'hosted', ...key } },
};
const RETURNS = passage(71, 'You may return goods within 30 days [[doc:1]] 【4:0†a】 [^1]. It costs 25 ₪.', {
  title: '<img src=x onerror=alert(1)>\u202eReturns',
  url: 'javascript:alert(1)',
});
const searched: ModelEvent[] = [
  { type: 'searching' },
  { type: 'found', queries: ['return'], parts: [{ file: 'file-71', text: 'You may return goods' }] },
];
const cited = (file = 'file-71'): ModelEvent => ({ type: 'cited', file, back: 0 });

/** A shop whose one document is in a store; `version` is that of its documents. */
async function house(script: Step[][], changes: Partial<Shop> = {}) {
  const theShop = { ...shop, ...changes };
  const model = scriptedModel(...script);
  const made = await workshop(model, {}, theShop);
  const state = { version: '1', onLookedUp: () => {} };
  const deps: TurnDeps = {
    ...made.deps,
    knowledge: {
      ...fakeKnowledge(RETURNS),
      version: async () => state.version,
      async hosted() {
        const { version } = state;
        state.onLookedUp();
        const files = new Map([
          ['file-71', 'doc_71'],
          ['file-72', 'doc_72'],
        ]);
        return { account: 'acc', store: 'vs_1', only: {}, files, version };
      },
      behind: async () => [RETURNS],
    },
  };
  async function ask(visitorId = 'vis_a', stop = new AbortController()) {
    const turn = await begin(deps, { ...question('Can I return it?'), visitorId });
    const asked = { shop: theShop, turn, acts: actsOf(turn), publicQuestion: 'can i return it' };
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, asked, stop.signal)) {
      events.push(event);
      if (event.type === 'text' && event.content.includes('Stop')) stop.abort();
    }
    const { parts } = (await deps.storage.message(turn.assistantMessageId))!;
    const words = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
    const citations = events.flatMap((event) => (event.type === 'citations' ? event.data : []));
    return { turn, events, parts, words, citations };
  }
  return { ...made, deps, model, state, ask };
}

describe('what a provider’s own search finds', () => {
  test('is cited for what was found in this turn alone, by no name or number of the model’s own', async () => {
    const { ask } = await house([
      [
        ...searched,
        text('30 days'),
        cited(),
        cited(),
        text(' and'),
        cited('file-72'),
        cited('file-none'),
        ...says(' more [[doc:1]]【4:0†a】.'),
      ],
    ]);
    const { words, citations } = await ask();
    expect(words).toBe('30 days[^1] and more.');
    expect(citations).toHaveLength(1);
  });

  test('may be poisoned: its title is a line of text, its address goes nowhere', async () => {
    const { ask } = await house([[...searched, text('30 days'), cited(), ...says('.')]]);
    const { citations } = await ask();
    expect(citations).toMatchObject([{ title: '<img src=x onerror=alert(1)>Returns' }]);
    expect(citations[0]).not.toHaveProperty('url');
  });

  test('but can’t be looked up here costs the answer its marks alone, and the owner sees a step that failed', async () => {
    const { ask, deps, logged } = await house([[...searched, text('30 days'), cited(), ...says('.')]]);
    const { finishTurn } = deps.storage;
    let steps: unknown;
    deps.storage.finishTurn = (end) => {
      steps = end.steps;
      return finishTurn(end);
    };
    deps.knowledge.behind = () => Promise.reject(new Error('disk I/O error'));
    const { words, citations, events } = await ask();
    expect([words, citations, events.at(-1)]).toMatchObject(['30 days.', [], { type: 'done', finish: 'stop' }]);
    expect(steps).toEqual([{ name: 'search_documents', query: 'return', found: 0, failed: true }]);
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', message: 'a tool failed' }));
  });

  test('before it was found accounts for nothing', async () => {
    const { ask } = await house([[text('It costs 25 ₪. '), ...searched, ...says('It costs 25 ₪, not 26 ₪.')]]);
    const { words } = await ask();
    expect(words.match(/25 ₪/g)).toHaveLength(1);
    expect(words).not.toContain('26 ₪');
  });

  test.each([
    ['5', ' ₪ today.'],
    ['1,99', '9 ₪ today.'],
  ])('lets no price through that a mark stands inside of: %s', async (begun, rest) => {
    const { ask } = await house([[...searched, text(`Only ${begun}`), cited(), ...says(rest)]]);
    const { words } = await ask();
    expect(words).not.toMatch(/₪/);
  });

  test('is taken back with all that was said when moderation flags it', async () => {
    const moderation = { input: false, output: true, required: false, model: 'm', ...key };
    const { ask, deps } = await house([[...searched, text('A knife'), cited(), ...says('.')]], { moderation });
    deps.moderationFor = () => ({ check: async (said) => (said.includes('knife') ? ['violence'] : []) });
    const { events, parts } = await ask();
    expect(events.map(({ type }) => type)).toContain('reset');
    expect(parts).toEqual([{ type: 'notice', code: 'moderated' }]);
  });
});

test('an answer that is stopped keeps its words and marks up to there', async () => {
  const never = new Promise(() => undefined);
  const { ask } = await house([[...searched, text('30 days'), cited(), text('. Stop'), never]]);
  const { parts, events } = await ask();
  expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'cancelled' });
  expect(parts.at(-1)).toEqual({ type: 'text', content: '30 days[^1]. Stop' });
});

describe('an answer that others may be told', () => {
  const script = (): Step[][] => [[...searched, text('30 days'), cited(), ...says('.')], says('New.')];

  test('is told with its sources while the documents are the same', async () => {
    const { ask, model } = await house(script());
    const [first, second] = [await ask('vis_a'), await ask('vis_b')];
    expect(second.words).toBe(first.words);
    expect(second.citations).toEqual(first.citations);
    expect(model.requests).toHaveLength(1);
  });

  test('is not, once one of them was disabled', async () => {
    const { ask, state } = await house(script());
    await ask('vis_a');
    state.version = '2';
    expect((await ask('vis_b')).words).toBe('New.');
  });

  test('is not, even if it was disabled in the moment between the look at them and the question', async () => {
    const { ask, state } = await house(script());
    state.onLookedUp = () => (state.version = '2');
    await ask('vis_a');
    expect((await ask('vis_b')).words).toBe('New.');
  });
});
