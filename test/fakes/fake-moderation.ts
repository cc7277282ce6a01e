/** `POST /v1/moderations` on loopback, in OpenAI's words. It flags what it is told to. */
import { onTestFinished } from 'vitest';
import { serveAnswers } from './serve-answers.ts';

/** Categories that a text is flagged for; a Response is sent in place of a verdict. */
export type Verdict = (text: string) => string[] | Response | Promise<string[] | Response>;

const CATEGORIES = ['harassment', 'hate', 'illicit', 'self-harm', 'sexual', 'violence', 'violence/graphic'];

export interface FakeModeration {
  /** Ends in `/v1`. */
  baseUrl: string;
  /** What it was asked to judge, a request each. */
  asked: (string | string[])[];
  /** The bodies as they came. */
  bodies: { model: string; input: string | string[] }[];
}

/** Ends with the test. */
export async function startFakeModeration(verdict: Verdict): Promise<FakeModeration> {
  const bodies: FakeModeration['bodies'] = [];
  const asked: FakeModeration['asked'] = [];
  const server = await serveAnswers(async (request, path) => {
    if (request.method !== 'POST' || path !== '/v1/moderations') return null;
    const body = (await request.json()) as FakeModeration['bodies'][number];
    bodies.push(body);
    asked.push(body.input);
    const results: object[] = [];
    for (const text of [body.input].flat()) {
      const found = await verdict(text);
      if (found instanceof Response) return found;
      results.push(resultOf(found));
    }
    return Response.json({ id: 'modr-1', model: body.model, results });
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { baseUrl: `${server.url}v1`, asked, bodies };
}

function resultOf(found: readonly string[]): object {
  const of = <T>(value: (category: string) => T) => Object.fromEntries(CATEGORIES.map((name) => [name, value(name)]));
  return {
    flagged: found.length > 0,
    categories: of((name) => found.includes(name)),
    category_scores: of((name) => (found.includes(name) ? 0.98 : 0.0001)),
    category_applied_input_types: of(() => ['text']),
  };
}
