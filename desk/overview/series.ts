import type { Overview, OverviewSlot } from '../../proxy/protocol/admin/index.ts';
import type { ChartFigure } from '../components/chart-options.ts';
import { count, share } from '../format.ts';

/** The four figures that an owner asks for first. */
export const MAIN_FIGURES = [
  {
    key: 'conversations',
    label: 'Conversations',
    kind: 'bars',
    format: count,
    of: ({ conversations }: OverviewSlot) => conversations,
  },
  {
    key: 'alone_share',
    label: 'Answered without your help',
    kind: 'line',
    format: share,
    of: ({ answers, hand_offs }: OverviewSlot) => part(answers - hand_offs, answers),
  },
  {
    key: 'satisfaction',
    label: 'Satisfied shoppers',
    kind: 'line',
    format: share,
    of: ({ ups, downs }: OverviewSlot) => part(ups, ups + downs),
  },
  {
    key: 'additions',
    label: 'Added to carts',
    kind: 'bars',
    format: count,
    of: ({ additions }: OverviewSlot) => additions,
  },
] as const;

export type MainFigure = (typeof MAIN_FIGURES)[number];

export function chartOf({ label, kind, format, of }: MainFigure, { period, before }: Overview): ChartFigure {
  return {
    label,
    kind,
    format: (value) => format(value),
    values: period.series.map(of),
    before: before ? before.series.map(of) : null,
    ...(kind === 'line' ? { top: 1 } : { whole: true }),
  };
}

function part(some: number, all: number): number | null {
  return all === 0 ? null : some / all;
}
