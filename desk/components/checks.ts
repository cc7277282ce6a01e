import { css, html } from 'lit';

type Status = 'ok' | 'warning' | 'error';

const TONES: Record<Status, string> = { ok: 'good', warning: '', error: 'bad' };

export const checkStyles = css`
  .checks {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .checks li {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr);
    gap: 12px;
    padding: 10px 0;
    border-block-start: 1px solid var(--_border);
  }
  .checks li:first-child {
    border: 0;
  }
  .checks .tag {
    width: fit-content;
    height: fit-content;
  }
`;

/** What was looked at, each with a word on how it is; with `checkStyles`. @param broken the word where something is to be done */
export function checkList(checks: readonly { status: Status; what: unknown }[], broken = 'Broken') {
  const words: Record<Status, string> = { ok: 'Fine', warning: 'Look at it', error: broken };
  return html`<ul class="checks">
    ${checks.map(
      ({ status, what }) => html`<li>
        <span class="tag ${TONES[status]}">${words[status]}</span>
        <span>${what}</span>
      </li>`,
    )}
  </ul>`;
}
