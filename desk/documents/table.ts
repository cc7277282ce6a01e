import { html, nothing } from 'lit';
import type { DeskDocument } from '../../proxy/protocol/admin/index.ts';
import { bytes as size, count, when } from '../format.ts';
import { copyWords } from './store-words.ts';

interface TableOptions {
  /** Some are fetched from the web. */
  canFetch: boolean;
  fetchAll: () => void;
  toggle: (document: DeskDocument) => void;
  replace: (document: DeskDocument, file: File) => void;
  remove: (document: DeskDocument) => void;
}

const KINDS: Record<DeskDocument['kind'], string> = {
  pdf: 'PDF',
  docx: 'Word',
  markdown: 'Markdown',
  html: 'Web page',
  text: 'Text',
  csv: 'CSV',
};

export function documentTable(documents: readonly DeskDocument[], options: TableOptions) {
  return html`<section class="stack">
    <div class="row spread">
      <h2>Documents</h2>
      ${options.canFetch ? html`<button class="button" @click=${options.fetchAll}>Fetch pages anew</button>` : nothing}
    </div>
    <div class="table stacks" tabindex="0" role="region" aria-label="Documents">
      <table>
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col">State</th>
            <th scope="col" class="number">Passages</th>
            <th scope="col" class="number">Size</th>
            <th scope="col" class="number">Changed</th>
            <th scope="col"><span class="unseen">Change</span></th>
          </tr>
        </thead>
        <tbody>
          ${ownFirst(documents).map((document) => row(document, options))}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** What the owner can do something about, before what is fetched by itself. */
function ownFirst(documents: readonly DeskDocument[]): DeskDocument[] {
  return documents.toSorted((one, other) => Number(one.fetched) - Number(other.fetched));
}

function row(document: DeskDocument, { toggle, replace, remove }: TableOptions) {
  const { title, source, kind, pages, chunks, bytes, updated_at: changed, enabled, fetched } = document;
  return html`<tr class=${enabled ? '' : 'off'}>
    <th scope="row" class="long">
      <bdi>${title}</bdi>
      <div class="hint">
        ${KINDS[kind]}${pages === null ? nothing : `, ${count(pages)} ${pages === 1 ? 'page' : 'pages'}`} ·
        <bdi>${source}</bdi>${fetched ? ' · from the shop’s file' : nothing}
      </div>
    </th>
    <td class="state">${state(document)}${copy(document)}</td>
    <td class="number" data-label="Passages">${count(chunks)}</td>
    <td class="number" data-label="Size">${size(bytes)}</td>
    <td class="number" data-label="Changed">${when(changed)}</td>
    <td class="wide">
      <div class="row">
        <button class="button" aria-label="${enabled ? 'Switch off' : 'Switch on'}: ${title}" @click=${() => toggle(document)}>
          ${enabled ? 'Switch off' : 'Switch on'}
        </button>
        ${
          fetched
            ? nothing
            : html`<label class="button">
              Replace
              <input
                type="file"
                aria-label="Replace ${title}"
                @change=${(event: Event) => {
                  const [file] = (event.target as HTMLInputElement).files ?? [];
                  if (file) replace(document, file);
                }}
              />
            </label>`
        }
        ${
          fetched
            ? nothing
            : html`<button class="button danger" aria-label="Delete ${title}" @click=${() => remove(document)}>Delete</button>`
        }
      </div>
    </td>
  </tr>`;
}

function copy(document: DeskDocument) {
  const words = copyWords(document.store);
  return words && html`<div class="small ${words.isBad ? 'alert' : 'hint'}">${words.text}</div>`;
}

function state({ status, error, enabled }: DeskDocument) {
  if (status === 'failed') return html`<span class="tag bad">Can't be read</span> <span class="small">${error}</span>`;
  if (status === 'waiting') return html`<span class="tag">Being read…</span>`;
  return enabled ? html`<span class="tag good">In use</span>` : html`<span class="tag">Switched off</span>`;
}
