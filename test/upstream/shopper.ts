import type { ChatEvent, SessionResponse } from '../../proxy/protocol/index.ts';

/** What one shopper saw of one answer. */
export interface Seen {
  events: ChatEvent[];
  text: string;
  error: Extract<ChatEvent, { type: 'error' }> | undefined;
  /** Absent when the answer never ended: a spinner that turns for ever. */
  done: Extract<ChatEvent, { type: 'done' }> | undefined;
  turnId: string;
  /** What the thread keeps of the answer. */
  kept: string;
}

/** Longer than all the patience that the proxy has with its upstream. */
const PATIENCE_MS = 150_000;

/** A visitor of the shop who asks one question, over the same HTTP as the widget. */
export async function ask(url: string, shop: string, message: string): Promise<Seen> {
  const json = { 'content-type': 'application/json' };
  const session = await fetch(`${url}/api/session`, { method: 'POST', headers: json, body: JSON.stringify({ shop }) });
  const { token } = (await session.json()) as SessionResponse;
  const headers = { ...json, authorization: `Bearer ${token}` };
  const body = JSON.stringify({ message, thread_id: null, client_message_id: crypto.randomUUID() });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${url}/api/chat/stream`, { method: 'POST', headers, body, signal });
  if (!answer.ok) throw new Error(`${shop}: HTTP ${answer.status} ${await answer.text()}`);
  const events = parseFrames(await answer.text());
  const started = events.find((event) => event.type === 'thread_id');
  const thread = await fetch(`${url}/api/threads/${started?.thread_id}`, { headers });
  const { messages } = (await thread.json()) as { messages: { parts: { type: string; content?: string }[] }[] };
  return {
    events,
    text: events.map((event) => (event.type === 'text' ? event.content : '')).join(''),
    error: events.find((event) => event.type === 'error'),
    done: events.find((event) => event.type === 'done'),
    turnId: started?.turn_id ?? '',
    kept: messages
      .at(-1)!
      .parts.map(({ content = '' }) => content)
      .join(''),
  };
}

/** The events of a stream that has ended. */
function parseFrames(stream: string): ChatEvent[] {
  return [...stream.matchAll(/^data: (.+)$/gm)].map(([, json]) => JSON.parse(json!) as ChatEvent);
}
