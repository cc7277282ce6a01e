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
  // Less is nothing that anybody did.
  const isFlat = Math.abs(by) < (points ? 0.1 : 0.5);
  if (isFlat) return html`<span class="change">as before</span>`;
  const amount = (Math.abs(by) < 10 ? fine : number).format(by);
  const size = points ? `${amount} ${amount === '1' ? 'point' : 'points'}` : `${amount}%`;
  const tone = !rise ? '' : by > 0 === (rise === 'good') ? 'good' : 'bad';
  return html`<span class="change ${tone}"
    ><span aria-hidden="true">${by > 0 ? '↑' : '↓'}</span
    ><span class="unseen">${by > 0 ? 'up' : 'down'}</span> ${size}</span
  >`;
}
