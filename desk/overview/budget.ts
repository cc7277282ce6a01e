import { html, nothing } from 'lit';
import type { OverviewCost } from '../../proxy/protocol/admin/index.ts';
import { counted, dollars } from '../format.ts';

/** What is used of a budget, in words and as a bar: both as the budget counts it. */
export function budget(label: string, cost: OverviewCost) {
  const { cost_micro_usd: spent, counted_micro_usd: used, budget_micro_usd: most, unpriced_calls: unpriced } = cost;
  const amount = most === null ? dollars(spent) : `${dollars(used)} of ${dollars(most)}`;
  return html`<div class="cost">
    <p class="row spread"><span>${label}</span><span class="number">${amount}</span></p>
    ${
      most === null
        ? html`<p class="hint">No budget is set.</p>`
        : html`<meter
          min="0"
          max=${most}
          low=${most * 0.8}
          high=${most * 0.95}
          optimum="0"
          .value=${used}
          aria-label="${label}, of the budget"
        >${amount}</meter>`
    }
    ${
      most !== null && used > spent
        ? html`<p class="hint">${dollars(used - spent)} of it is set aside for answers under way.</p>`
        : nothing
    }
    ${
      unpriced > 0
        ? html`<p class="hint">${counted(unpriced, 'call')} of models without a known price come on top.</p>`
        : nothing
    }
  </div>`;
}
