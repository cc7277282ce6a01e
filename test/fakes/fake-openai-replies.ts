/** What the fake OpenAI can answer: whole answers that look like the real ones, and every way for them to go wrong. */

/** Nothing more comes, and the line stays open until the client leaves. */
export const STALL = Symbol('stall');
/** The socket is torn in the middle of the answer. */
export const CUT = Symbol('cut');

/** Text and bytes go out as they are, an object as an event; a number is a pause in ms, a promise is waited for. */
export type Part = string | Uint8Array | ServerEvent | number | Promise<unknown> | typeof STALL | typeof CUT;

export interface Reply {
  /** Without a status the line is cut before any header. */
  status?: number;
  headers?: Record<string, string>;
  body: Part[];
}

export interface ServerEvent {
  type: string;
  [field: string]: unknown;
}

export interface OutputItem {
  type: string;
  [field: string]: unknown;
}

export interface AnswerOptions {
  model?: string;
  usage?: Record<string, unknown> | null;
  /** Pause before each piece of text, in ms. */
  delayMs?: number;
}

export const USAGE = {
  input_tokens: 120,
  input_tokens_details: { cached_tokens: 64, cache_write_tokens: 16 },
  output_tokens: 30,
  output_tokens_details: { reasoning_tokens: 10 },
  total_tokens: 150,
};

/** An answer in text, streamed word by word. */
export function answer(text: string, options: AnswerOptions = {}): Reply {
  return output([message(text)], options);
}

/** The model calls one tool. */
export function toolCall(name: string, args: object, options: AnswerOptions & { callId?: string } = {}): Reply {
  return output([call(name, args, options.callId)], options);
}

/** The model makes these items, one after another, with all the events that OpenAI sends for them. */
export function output(
  items: OutputItem[],
  { model = 'fake-model', usage = USAGE, delayMs }: AnswerOptions = {},
): Reply {
  const response = { id: 'resp_fake', object: 'response', model, status: 'in_progress', output: [] };
  return frames([
    { type: 'response.created', response },
    { type: 'response.in_progress', response },
    ...items.flatMap((item, index) => itemEvents(item, index, delayMs)),
    { type: 'response.completed', response: { ...response, status: 'completed', output: items, usage } },
  ]);
}

/** Exactly these parts as an event stream. */
export function frames(body: Part[], headers: Record<string, string> = {}): Reply {
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8', ...headers }, body };
}

/** An error in OpenAI's form. */
export function failure(status: number, error: object, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: [JSON.stringify({ error })] };
}

/** The page of a relay that stands between us and the model. */
export function html(status: number, title = 'Bad Gateway'): Reply {
  const page = `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body: [page] };
}

export function textDelta(delta: string, index = 0): ServerEvent {
  return { type: 'response.output_text.delta', item_id: `msg_${index}`, output_index: index, content_index: 0, delta };
}

export function itemDone(item: OutputItem, index = 0): ServerEvent {
  return { type: 'response.output_item.done', output_index: index, item };
}

export function completed(response: object = {}): ServerEvent {
  return { type: 'response.completed', response: { status: 'completed', output: [], usage: USAGE, ...response } };
}

export function message(text: string, fields: object = {}): OutputItem {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { type: 'message', id: 'msg_fake', role: 'assistant', status: 'completed', content, ...fields };
}

/** A message with citations: `{file}` stands where OpenAI would have had the mark. */
export function citing(...pieces: (string | { file: string })[]): OutputItem {
  let text = '';
  const annotations: object[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else annotations.push(fileCitation(piece.file, [...text].length));
  }
  return message(text, { content: [{ type: 'output_text', text, annotations, logprobs: [] }] });
}

export function fileCitation(file: string, index: number): { type: string; index: number } & Record<string, unknown> {
  return { type: 'file_citation', file_id: file, filename: `${file}.md`, index };
}

export function annotationAdded(annotation: object, index = 0): ServerEvent {
  const at = { item_id: `msg_${index}`, output_index: index, content_index: 0, annotation_index: 0 };
  return { type: 'response.output_text.annotation.added', ...at, annotation };
}

/** A search that the provider has made by itself. @param results null where nobody asked for them */
export function fileSearch(
  queries: string[],
  results: { file_id: string; text: string; [field: string]: unknown }[] | null,
  id = 'fs_fake',
): OutputItem {
  return { type: 'file_search_call', id, status: 'completed', queries, results };
}

export function call(name: string, args: object, callId = `call_${name}`): OutputItem {
  return {
    type: 'function_call',
    id: `fc_${callId}`,
    call_id: callId,
    name,
    arguments: JSON.stringify(args),
    status: 'completed',
  };
}

export function reasoning(encrypted: string | null, id = 'rs_fake'): OutputItem {
  return { type: 'reasoning', id, summary: [], ...(encrypted !== null && { encrypted_content: encrypted }) };
}

/** One event as OpenAI writes it. */
export function sse(event: ServerEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function itemEvents(item: OutputItem, index: number, delayMs: number | undefined): Part[] {
  return [
    {
      type: 'response.output_item.added',
      output_index: index,
      item:
        item.type === 'file_search_call'
          ? { ...item, status: 'in_progress', queries: [], results: null }
          : { ...item, status: 'in_progress', content: [], arguments: '' },
    },
    ...deltas(item, index).flatMap((delta) => (delayMs === undefined ? [delta] : [delayMs, delta])),
    itemDone(item, index),
  ];
}

function deltas(item: OutputItem, index: number): ServerEvent[] {
  if (item.type === 'message') {
    type Content = { text: string; annotations?: { index: number }[] };
    const { text, annotations = [] } = (item['content'] as [Content])[0];
    const words = text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [];
    const left = [...annotations];
    let length = 0;
    return [
      ...words.flatMap((word) => {
        length += [...word].length;
        // Right after the words that they belong to.
        const here = left.splice(0, left.filter((one) => one.index <= length).length);
        return [textDelta(word, index), ...here.map((one) => annotationAdded(one, index))];
      }),
      { type: 'response.output_text.done', output_index: index, content_index: 0, text },
    ];
  }
  if (item.type === 'file_search_call') {
    const states = ['in_progress', 'searching', 'completed'];
    return states.map((state) => ({
      type: `response.file_search_call.${state}`,
      item_id: item['id'],
      output_index: index,
    }));
  }
  if (item.type === 'function_call') {
    const args = String(item['arguments']);
    const half = Math.ceil(args.length / 2);
    return [
      ...[args.slice(0, half), args.slice(half)].map((delta) => ({
        type: 'response.function_call_arguments.delta',
        output_index: index,
        delta,
      })),
      { type: 'response.function_call_arguments.done', output_index: index, arguments: args },
    ];
  }
  return [];
}
