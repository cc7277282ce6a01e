/** A chart of one figure over time as uPlot wants it. */
import uPlot from 'uplot';

export interface ChartFigure {
  /** "Conversations" */
  label: string;
  /** One for each time; null where there is none. */
  values: readonly (number | null)[];
  /** Of as many days before, in the same order. */
  before: readonly (number | null)[] | null;
  format: (value: number) => string;
  /** Bars for what is counted, a line for what is a share. */
  kind: 'bars' | 'line';
  /** A fixed top, as 1 for shares. */
  top?: number;
  /** There are no halves of it. */
  whole?: boolean;
}

export interface ChartColours {
  main: string;
  before: string;
  grid: string;
  text: string;
  font: string;
}

export interface ChartSize {
  width: number;
  height: number;
}

const BEFORE_DASH = [4, 4];
const WHOLE = [1, 2, 5, 10, 20, 50].flatMap((step) => [step, step * 100, step * 10_000]).sort((a, b) => a - b);

/** @param name of a slot, for the axis below */
export function chartOptions(
  { label, kind, format, before, top, whole }: ChartFigure,
  { width, height }: ChartSize,
  colours: ChartColours,
  name: (index: number) => string,
  onPoint: (plot: uPlot) => void,
): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: colours.text,
    font: `12px ${colours.font}`,
    ticks: { show: false },
    border: { show: false },
  };
  const bars = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.15 });
  return {
    width,
    height,
    // Half of the last day's name stands to the right of its slot.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { show: kind === 'line' } },
    // Slots stand side by side, an hour or a day each.
    scales: {
      x: { time: false, range: (_, min, max) => [min - 0.6, max + 0.6] },
      y: { range: (_, __, max) => [0, top ?? Math.max(max, 1) * 1.05] },
    },
    axes: [
      {
        ...axis,
        space: 64,
        size: 26,
        grid: { show: false },
        incrs: [1, 2, 3, 4, 6, 7, 14, 28, 30, 60, 90],
        values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? name(at) : '')),
      },
      {
        ...axis,
        space: 30,
        ...(whole && { incrs: WHOLE }),
        size: 58,
        grid: { stroke: colours.grid, width: 1 },
        values: (_, splits) => splits.map(format),
      },
    ],
    series: [
      {},
      {
        label,
        stroke: colours.main,
        width: kind === 'bars' ? 0 : 2,
        ...(kind === 'bars' ? { fill: colours.main, ...(bars && { paths: bars }) } : {}),
        points: { show: kind === 'line', size: 5, fill: colours.main },
      },
      ...(before
        ? [{ label: 'Before', stroke: colours.before, width: 1.5, dash: BEFORE_DASH, points: { show: false } }]
        : []),
    ],
    hooks: { setCursor: [onPoint] },
  };
}
