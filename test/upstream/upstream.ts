import { startFakeOpenAi, type RecordedRequest, type Reply } from '../fakes/fake-openai.ts';

/** Decides what a request is answered; `index` is how often this place was asked before. */
export type Play = (request: RecordedRequest, index: number) => Reply;

/** Many models behind one server, each at a place of its own: `http://…/<place>/v1`. */
export async function startUpstream(plays: ReadonlyMap<string, Play>) {
  const asked = new Map<string, number>();
  const openai = await startFakeOpenAi((request) => {
    const place = request.path.split('/v1/')[0]!.slice(1);
    const index = asked.get(place) ?? 0;
    asked.set(place, index + 1);
    return plays.get(place)!(request, index);
  });
  const origin = new URL(openai.baseUrl).origin;
  return {
    baseUrl: (place: string): string => `${origin}/${place}/v1`,
    /** How often the model at this place was asked. */
    asked: (place: string): number => asked.get(place) ?? 0,
    close: () => openai.close(),
  };
}
