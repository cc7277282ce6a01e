import { html, nothing } from 'lit';
import type { DeskDocument, DeskDocuments } from '../../proxy/protocol/admin/index.ts';
import { DeskError, wordsOf } from '../api.ts';
import '../components/confirm.ts';
import '../components/empty.ts';
import '../documents/ask.ts';
import { documentStyles } from '../documents/documents.styles.ts';
import { storeWords } from '../documents/store-words.ts';
import { documentTable } from '../documents/table.ts';
import { counted } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { upload } from '../upload.ts';
import { DeskView } from '../view.ts';

/** A file on its way. */
interface Sending {
  name: string;
  /** 0 to 1; null waits for its turn. */
  share: number | null;
  problem: string;
}

const KINDS = '.pdf,.docx,.md,.markdown,.html,.htm,.txt,.csv';
const MAX_BYTES = 20 * 1024 * 1024;
/** At once; more are chosen another time. */
const MAX_FILES = 50;
/** While a document is being read: how soon its state is looked at again. */
const AGAIN_MS = 1_500;

/** @summary What the assistant may answer from: upload, state, switch off, delete, and what a question finds. */
export class DeskDocumentsView extends DeskView {
  static override properties = {
    ...DeskView.properties,
    sending: { state: true },
    problem: { state: true },
    removing: { state: true },
    over: { state: true },
  };
  static override styles = [...DeskView.styles, tableStyles, documentStyles];
  readonly #loader = new Loader<DeskDocuments>(this, (words) => this.context.say(words));
  #life = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  declare sending: readonly Sending[];
  declare problem: string;
  declare removing: DeskDocument | null;
  /** Files are being dragged over the page. */
  declare over: boolean;

  constructor() {
    super();
    this.sending = [];
    this.problem = '';
    this.removing = null;
    this.over = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#life = new AbortController();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  override get unsaved(): boolean {
    return this.sending.some(({ problem }) => problem === '');
  }

  override willUpdate(): void {
    const { shop } = this;
    this.#loader.ask(['documents', shop], (signal) => this.api.ask('/documents', { query: { shop }, signal }), {
      fresh: true,
    });
    clearTimeout(this.#timer);
    const { documents, store } = this.#loader.value ?? {};
    const waits = store?.state === 'waiting' || documents?.some(({ status }) => status === 'waiting');
    if (waits) this.#timer = setTimeout(() => this.#loader.again(), AGAIN_MS);
  }

  override render() {
    return html`<div class="stack">
      ${this.#dropZone()} ${this.sending.length > 0 ? this.#list() : nothing}
      ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing}
      ${this.#loader.render((all) => html`${this.#store(all)}${this.#documents(all.documents)}`)}
      <desk-ask-documents .api=${this.api} .shop=${this.shop} .say=${this.context.say}></desk-ask-documents>
      <desk-confirm heading="Delete ${this.removing?.title ?? ''}?" action="Delete the document" .act=${this.#remove}>
        The assistant won't answer from it any more. Answers that were given stay as they are.
      </desk-confirm>
    </div>`;
  }

  #dropZone() {
    return html`<section
      class="drop ${this.over ? 'over' : ''}"
      aria-label="Upload documents"
      @dragover=${this.#dragged}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#dropped}
    >
      <p><strong>Return policy, size guide, manuals:</strong> the assistant answers from them and says where it read it.</p>
      <label class="button main">
        Choose files
        <input type="file" multiple accept=${KINDS} @change=${this.#chosen} />
      </label>
      <p class="hint">PDF, Word, Markdown, HTML, text or CSV, up to 20 MB each. You can also drop them here.</p>
    </section>`;
  }

  #list() {
    return html`<ul class="sending">
      ${this.sending.map(
        ({ name, share, problem }) => html`<li>
          <bdi>${name}</bdi>
          ${
            problem
              ? html`<span class="alert" role="alert">${problem}</span>
                <button class="button quiet small" @click=${() => this.#forget(name)} aria-label="Dismiss ${name}">Dismiss</button>`
              : html`<progress max="1" .value=${share ?? 0} aria-label="Upload of ${name}"></progress>
                <span class="hint">${share === null ? 'Waits' : share < 1 ? `${Math.round(share * 100)}%` : 'Being read…'}</span>`
          }
        </li>`,
      )}
    </ul>`;
  }

  #store(all: DeskDocuments) {
    const words = storeWords(all);
    return words && html`<p class=${words.isBad ? 'alert' : 'hint'} role="status">${words.text}</p>`;
  }

  #documents(documents: readonly DeskDocument[]) {
    if (documents.length === 0) {
      return html`<desk-empty heading="No documents yet">
        Upload your return policy, shipping times or a size guide above. Until then the assistant answers from the catalogue and
        the texts in your settings, and says so when it doesn't know.
      </desk-empty>`;
    }
    return documentTable(documents, {
      canFetch: documents.some(({ fetched }) => fetched),
      fetchAll: () => void this.#try(() => this.#sync()),
      toggle: (document) => void this.#try(() => this.#toggle(document)),
      replace: (document, file) => void this.#send([file], document),
      remove: (document) => void this.#askToRemove(document),
    });
  }

  readonly #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.#send([...(event.dataTransfer?.files ?? [])]);
  };

  readonly #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file can be chosen again.
    input.value = '';
    void this.#send(files);
  };

  /** One after the other. @param instead the document that the file takes the place of */
  async #send(files: readonly File[], instead?: DeskDocument): Promise<void> {
    this.problem =
      files.length > MAX_FILES ? `Only the first ${MAX_FILES} files are taken; choose the others after.` : '';
    const taken = files.slice(0, MAX_FILES);
    const { shop } = this;
    const names = new Set(taken.map(({ name }) => name));
    const rest = this.sending.filter(({ name }) => !names.has(name));
    this.sending = [...rest, ...taken.map(({ name }) => ({ name, share: null, problem: '' }))];
    let added = 0;
    for (const file of taken) {
      if (this.#life.signal.aborted) return;
      added += (await this.#sendOne(file, shop, instead)) ? 1 : 0;
    }
    this.#loader.again();
    if (added > 0) this.context.say(`${counted(added, 'document')} added.`);
  }

  async #sendOne(file: File, shop: string, instead: DeskDocument | undefined): Promise<boolean> {
    if (file.size > MAX_BYTES) {
      this.#note(file.name, { problem: 'Is larger than 20 MB. Split it, or save it without its pictures.' });
      return false;
    }
    try {
      await upload<DeskDocument>(this.api, instead ? `/documents/${instead.id}` : '/documents', file, {
        method: instead ? 'PUT' : 'POST',
        query: { shop, ...(!instead && { name: file.name }) },
        progress: (share) => this.#note(file.name, { share }),
        signal: this.#life.signal,
      });
    } catch (error) {
      if (this.#life.signal.aborted) return false;
      this.#note(file.name, { problem: unreadable(error) ?? wordsOf(error) });
      return false;
    }
    this.#forget(file.name);
    return true;
  }

  #note(name: string, news: Partial<Sending>): void {
    this.sending = this.sending.map((one) => (one.name === name ? { ...one, ...news } : one));
  }

  #forget(name: string): void {
    this.sending = this.sending.filter((one) => one.name !== name);
  }

  async #toggle({ id, title, enabled }: DeskDocument): Promise<void> {
    const body = { shop: this.shop, enabled: !enabled };
    await this.api.ask(`/documents/${encodeURIComponent(id)}`, { method: 'PATCH', body });
    this.context.say(`${title}: ${enabled ? 'switched off' : 'switched on'}.`);
    this.#loader.again();
  }

  async #sync(): Promise<void> {
    await this.api.ask('/documents/sync', { method: 'POST', body: { shop: this.shop } });
    this.context.say('The pages are fetched anew.');
    this.#loader.again();
  }

  async #askToRemove(document: DeskDocument): Promise<void> {
    this.removing = document;
    await this.updateComplete;
    this.renderRoot.querySelector('desk-confirm')?.ask();
  }

  readonly #remove = async (): Promise<void> => {
    const { id, title } = this.removing!;
    await this.api.ask(`/documents/${encodeURIComponent(id)}`, { method: 'DELETE', query: { shop: this.shop } });
    this.context.say(`${title} is deleted.`);
    this.#loader.again();
  };

  async #try(act: () => Promise<void>): Promise<void> {
    this.problem = '';
    try {
      await act();
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}

/** It came whole, and is no document: the answer is the document with its reason. */
function unreadable(error: unknown): string | undefined {
  if (!(error instanceof DeskError) || error.status !== 422) return undefined;
  const reason = (error.body as Partial<DeskDocument> | undefined)?.error;
  return typeof reason === 'string' ? reason : undefined;
}
customElements.define('desk-documents', DeskDocumentsView);
