import { answer, startFakeOpenAi, type RecordedRequest } from '../fakes/fake-openai.ts';

/** Tokens in an answer. */
export const TOKENS = 60;

/** What the shopper writes for the answer number `n`. */
export const questionOf = (n: number): string => `Question q${n}q`;

/**
 * A model whose every token is unique: `a<question>.<try>.<place>e`. A try that was replaced can be told from the one that
 * replaced it, and a token that is lost, doubled or out of place can be named.
 */
export async function startMarkedModel({ delayMs }: { delayMs: number }) {
  const tries = new Map<number, number>();
  const openai = await startFakeOpenAi((request) => {
    const question = newestQuestion(request);
    const attempt = (tries.get(question) ?? 0) + 1;
    tries.set(question, attempt);
    const tokens = Array.from({ length: TOKENS }, (_, place) => `a${question}.${attempt}.${place + 1}e`);
    return answer(tokens.join(' '), { delayMs });
  });
  return {
    ...openai,
    /** How often the model was asked. */
    calls: () => openai.requests.length,
    /** What the model was told, when it was asked question `n`, about its earlier answers. */
    remembered(n: number): string {
      const asked = openai.requests.findLast((request) => newestQuestion(request) === n);
      if (!asked) throw new Error(`question ${n} was never asked`);
      return JSON.stringify(asked.body.input);
    },
  };
}

function newestQuestion({ body }: RecordedRequest): number {
  const questions = [...JSON.stringify(body.input).matchAll(/Question q(\d+)q/g)];
  const newest = questions.at(-1)?.[1];
  if (newest === undefined) throw new Error('no question in the request');
  return Number(newest);
}
