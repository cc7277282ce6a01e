/**
 * A model that has its lines: for each thing that a scene asks, in English and in Hebrew, it calls the tools that a good
 * model would and says something worth looking at. What it says is no test's business; that it is always the same is.
 */
import {
  answer,
  call,
  completed,
  failure,
  frames,
  itemDone,
  message,
  output,
  startFakeOpenAi,
  textDelta,
  toolCall,
} from '../fakes/fake-openai.ts';
import type { FakeOpenAi, RecordedRequest, Reply } from '../fakes/fake-openai.ts';
import { LINES, type Line } from './lines.ts';

export interface StagedModel extends FakeOpenAi {
  /** Ends the answers that are being written. */
  goOn(): void;
}

export async function startStagedModel(): Promise<StagedModel> {
  let goOn = () => {};
  const model = await startFakeOpenAi(({ body }) => {
    const { line, text, calls } = partOf(body);
    const step = line?.calls?.[calls.length];
    if (step) return toolCall(step.name, step.args, { callId: `call_${step.name}_${calls.length}` });
    if (line?.fails) return failure(500, { message: 'This line fails.' });
    if (!line?.halts) return line ? ended(line, text.replace('[[doc]]', `[[doc:${markIn(calls)}]]`)) : answer('Hello.');
    const half = Math.floor(text.length * line.halts);
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    const deltas = (part: string) => (part.match(/\S+\s*/g) ?? []).map((word) => textDelta(word));
    const item = message(text);
    return frames([
      ...deltas(text.slice(0, half)),
      wait,
      ...deltas(text.slice(half)),
      itemDone(item),
      completed({ output: [item] }),
    ]);
  });
  return { ...model, goOn: () => goOn() };
}

/** The text, and what to ask next. */
function ended({ next }: Line, text: string): Reply {
  const items = [message(text), ...(next ? [call('suggest_questions', { questions: next })] : [])];
  return output(items);
}

/** Its line, and what the tools of this turn have answered so far. */
function partOf({ input }: RecordedRequest['body']): { line: Line | undefined; text: string; calls: string[] } {
  const asked = input.findLastIndex(({ role }) => role === 'user');
  const question = JSON.stringify(input[asked]?.['content']);
  const line = LINES.find(({ asks }) => question.includes(asks));
  const outputs = input.slice(asked).filter(({ type }) => type === 'function_call_output');
  return { line, text: line?.says ?? '', calls: outputs.map(({ output: told }) => String(told)) };
}

/** The number of the first passage that was found. */
function markIn(outputs: readonly string[]): number {
  return Number(/"n":\s*(\d+)/.exec(outputs.at(-1) ?? '')?.[1] ?? 1);
}
