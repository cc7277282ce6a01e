/** Sums of usage as an owner reads them, in a terminal and in a spreadsheet. */
import { cleanLine } from '../clean-text.ts';
import { csvLine } from '../csv.ts';
import type { UsageSum } from '../storage/types.ts';
import { totalOf, type UsageFigures } from '../usage-total.ts';

const MICRO = 1_000_000;

const HEADERS = [
  'period',
  'shop',
  'model',
  'arm',
  'for',
  'calls',
  'our cache',
  'errors',
  'retries',
  'input',
  'cached',
  'output',
  'cost',
];
/** Columns of words; the others are figures, and stand to the right. */
const WORDS = 5;

/** A line each for header, sums and total, and what has to be known to read them. */
export function usageTable(sums: readonly UsageSum[]): string[] {
  const total = totalOf(sums);
  const rows = [
    HEADERS,
    ...sums.map((sum) => [sum.period, sum.shop, readable(sum.model), sum.arm || '-', purposeOf(sum), ...cells(sum)]),
    ['total', '', '', '', '', ...cells(total)],
  ];
  const widths = HEADERS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column < WORDS ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...notes(total)];
}

/** For programs and spreadsheets: plain figures, and every one of them. */
export function usageCsv(sums: readonly UsageSum[]): string[] {
  const header =
    'period,shop,model,arm,purpose,calls,from_cache,errors,retries,estimated,unpriced,input_tokens,cached_tokens,' +
    'cache_write_tokens,output_tokens,reasoning_tokens,cost_usd';
  const rows = sums.map((sum) => [
    sum.period,
    sum.shop,
    readable(sum.model),
    sum.arm,
    sum.purpose,
    sum.calls,
    sum.fromCache,
    sum.errors,
    sum.retries,
    sum.estimated,
    sum.unpriced,
    sum.inputTokens,
    sum.cachedTokens,
    sum.cacheWriteTokens,
    sum.outputTokens,
    sum.reasoningTokens,
    dollars(sum.costMicroUsd),
  ]);
  return [header, ...rows.map(csvLine)];
}

function cells(sum: UsageFigures): string[] {
  const share = sum.inputTokens === 0 ? '-' : `${Math.round((100 * sum.cachedTokens) / sum.inputTokens)}%`;
  return [
    ...[sum.calls, sum.fromCache, sum.errors, sum.retries, sum.inputTokens].map(grouped),
    share,
    grouped(sum.outputTokens),
    costOf(sum),
  ];
}

/** A cost that lacks something says so: it must not look like less than it is. */
function costOf({ calls, fromCache, unpriced, costMicroUsd }: UsageFigures): string {
  if (unpriced > 0 && unpriced === calls - fromCache) return 'unknown';
  return `${unpriced > 0 ? 'at least ' : ''}$${dollars(costMicroUsd)}`;
}

function notes({ unpriced, estimated }: UsageFigures): string[] {
  return [
    ...(unpriced > 0 ? ['', `Nobody knows the price of ${counted(unpriced)}: give the model's "prices".`] : []),
    ...(estimated > 0 ? ['', `The tokens of ${counted(estimated)} are guessed: no count came with the answer.`] : []),
  ];
}

const PURPOSES: Record<UsageSum['purpose'], string> = {
  answer: 'answers',
  summary: 'summaries',
  own: 'at the desk',
  embedding: 'documents',
};

function purposeOf({ purpose }: UsageSum): string {
  return PURPOSES[purpose];
}

/** The name is the provider's: nothing in it may move a terminal's cursor. */
function readable(model: string): string {
  return cleanLine(model, 60);
}

/** To the last millionth. */
function dollars(micro: number): string {
  return (micro / MICRO).toFixed(6);
}

function counted(calls: number): string {
  return `${grouped(calls)} ${calls === 1 ? 'call' : 'calls'}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
