import type { ModelRequest, TokenUsage } from './models/types.ts';

/** UTF-8 bytes a token: measured 3.3 to 4.6 for English, Hebrew, Arabic and Chinese, so this never guesses too low. */
const BYTES_PER_TOKEN = 3;

/** Our own count where the provider gave none: its stream was cut or aborted, or it doesn't count. */
export function estimateUsage({ instructions, input, tools }: ModelRequest, output: string): TokenUsage {
  return {
    inputTokens: estimateTokens(instructions + JSON.stringify(input) + JSON.stringify(tools)),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: estimateTokens(output),
    reasoningTokens: 0,
    estimated: true,
  };
}

/** Tokens of a text: a guess that is never too low. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}
