import { html, nothing } from 'lit';

interface ChangeOptions {
  /** What a rise is: good news, bad news, or neither. */
  rise?: 'good' | 'bad';
  /** Shares change by points of a hundred, all else by a share of what it was. */
  points?: boolean;
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0, signDisplay: 'never' });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'never' });

/** How a figure has changed against the period before: "↑ 12 %". Nothing where there is nothing to compare. */
export function change(now: number | null, before: number | null | undefined, { rise, points }: ChangeOptions = {}) {
  if (now === null || before === null || before === undefined) return nothing;
  if (!points && before === 0) return now === 0 ? nothing : html`<span class="change">new</span>`;
  const by = points ? (now - before) * 100 : (now / before - 1) * 100;
  const isFlat = Math.abs(by) < 0.05;
  const size = `${(Math.abs(by) < 10 ? fine : number).format(by)}${points ? ' points' : '%'}`;
  const direction = isFlat ? 'as before' : by > 0 ? 'up' : 'down';
  const tone = isFlat || !rise ? '' : by > 0 === (rise === 'good') ? 'good' : 'bad';
  return html`<span class="change ${tone}"
    ><span aria-hidden="true">${isFlat ? '=' : by > 0 ? '↑' : '↓'}</span
    ><span class="unseen">${direction}</span> ${isFlat ? nothing : size}</span
  >`;
}
