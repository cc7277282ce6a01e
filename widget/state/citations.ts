import type { Citation } from '../../proxy/protocol/index.ts';
import type { Message, Part } from './state.ts';

/**
 * Citations come in the middle of an answer's text, which must go on where it was: they stand in one part before all
 * others.
 */
export function withCitations(parts: readonly Part[], data: readonly Citation[]): readonly Part[] {
  const first = parts[0]?.type === 'citations' ? parts[0] : null;
  return first
    ? parts.with(0, { type: 'citations', data: [...first.data, ...data] })
    : [{ type: 'citations', data }, ...parts];
}

export function citationsOf({ parts }: Pick<Message, 'parts'>): readonly Citation[] {
  const [first] = parts;
  return first?.type === 'citations' ? first.data : [];
}
