import { expect, test } from 'vitest';
import { forTerminal } from '../../../proxy/commands/terminal.ts';

test('what strangers wrote moves no cursor and turns no text around', () => {
  expect(forTerminal('a\u001b[2J\u009b31m\u0007\r\u202eb\u2066c\u2028d')).toBe(
    String.raw`a\u001b[2J\u009b31m\u0007\u000d\u202eb\u2066c\u2028d`,
  );
});

test('lines, tabs and all languages stay as they are', () => {
  const text = 'One\ttwo\nשלום\u200f, 你好 नमस्ते 👩‍🚀';
  expect(forTerminal(text)).toBe(text);
});

test('a line of JSON means the same as before', () => {
  const row = { text: '\u009b2J \u202e"\\ \u001b' };
  const line = forTerminal(JSON.stringify(row));
  expect(JSON.parse(line)).toEqual(row);
  expect(line).not.toMatch(/[\u0080-\u009f\u202e]/);
});
