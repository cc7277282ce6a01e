/** What can happen to a message. All pure: each gives the message as it is afterwards. */
import type { ErrorEvent, Finish } from '../../proxy/protocol/index.ts';
import type { Failure, Message, MessageStatus, Part } from './state.ts';

export function questionMessage(key: string, text: string, createdAt: number): Message {
  return { id: key, key, role: 'user', parts: [{ type: 'text', content: text }], status: 'done', createdAt };
}

export function emptyAnswer(key: string, status: MessageStatus, createdAt: number): Message {
  return { id: key, key, role: 'assistant', parts: [], status, createdAt };
}

export function streaming(message: Message, parts = message.parts): Message {
  return { ...message, status: 'streaming', parts };
}

/** The answer begins again. */
export function reset({ failure: _, suggestions: _2, ...message }: Message): Message {
  return streaming(withoutTool(message), []);
}

export function stopped(message: Message): Message {
  return { ...withoutTool(message), status: 'stopped' };
}

/** The first failure is the one that explains what happened; a cut line after it does not. */
export function failed(message: Message, failure: Failure): Message {
  return { ...withoutTool(message), status: 'failed', failure: message.failure ?? failure };
}

export function finished(message: Message, finish: Finish): Message {
  if (finish === 'error') return failed(message, { code: 'internal', retryable: true });
  return { ...message, status: STATUS[finish], ...(finish === 'length' && { cut: true }) };
}

const STATUS: Record<Exclude<Finish, 'error'>, MessageStatus> = { stop: 'done', length: 'done', cancelled: 'stopped' };

export function withoutTool({ tool: _, ...message }: Message): Message {
  return message;
}

export function joinText(parts: readonly Part[], content: string): readonly Part[] {
  const last = parts.at(-1);
  return last?.type === 'text'
    ? parts.with(-1, { type: 'text', content: last.content + content })
    : [...parts, { type: 'text', content }];
}

export function failureOf(error: Omit<ErrorEvent, 'type'>): Failure {
  return {
    code: error.code,
    retryable: error.retryable,
    ...(error.retry_after_ms !== undefined && { retryAfterMs: error.retry_after_ms }),
  };
}
