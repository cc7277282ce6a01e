import { html } from 'lit';
import type { DeskDocument, DeskDocuments } from '../../proxy/protocol/admin/index.ts';
import { Attempt } from '../attempt.ts';
import '../components/confirm.ts';
import '../components/empty.ts';
import '../documents/ask.ts';
import { documentStyles } from '../documents/documents.styles.ts';
import { storeWords } from '../documents/store-words.ts';
import { documentTable } from '../documents/table.ts';
import { KINDS, MAX_FILES, Uploads } from '../documents/uploads.ts';
import { counted } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

/** While a document is being read: how soon its state is looked at again. */
const AGAIN_MS = 1_500;

/** @summary What the assistant may answer from: upload, state, switch off, delete, and what a question finds. */
export class DeskDocumentsView extends DeskView {
  static override properties = {
    ...DeskView.properties,
    removing: { state: true },
    over: { state: true },
  };
  static override styles = [...DeskView.styles, tableStyles, documentStyles];
  readonly #loader = new Loader<DeskDocuments>(this, (words) => this.context.say(words));
  readonly #uploads = new Uploads(this);
  readonly #attempt = new Attempt(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  declare removing: DeskDocument | null;
  /** Files are being dragged over the page. */
  declare over: boolean;

  constructor() {
    super();
    this.removing = null;
    this.over = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override get unsaved(): boolean {
    return this.#uploads.busy;
  }

  /** Also a question that is tried out, and what it has found. */
  override get begun(): boolean {
    return this.unsaved || (this.renderRoot.querySelector('desk-ask-documents')?.begun ?? false);
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
      ${this.#dropZone()} ${this.#uploads.render()} ${this.#attempt.render()}
      ${this.#loader.render((all) => html`${this.#store(all)}${this.#documents(all.documents)}`)}
      <desk-ask-documents .api=${this.api} .shop=${this.shop} .say=${this.context.say}></desk-ask-documents>
      <desk-confirm heading="Delete ${this.removing?.title ?? ''}?" action="Delete the document" .act=${this.#remove} @done=${this.#goOn}>
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
      fetchAll: () => void this.#attempt.run(() => this.#sync()),
      toggle: (document) => void this.#attempt.run(() => this.#toggle(document)),
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

  /** @param instead the document that the file takes the place of */
  async #send(files: readonly File[], instead?: DeskDocument): Promise<void> {
    this.#attempt.say(
      files.length > MAX_FILES ? `Only the first ${MAX_FILES} files are taken; choose the others after.` : '',
    );
    const added = await this.#uploads.send(files, { api: this.api, shop: this.shop, instead });
    this.#loader.again();
    if (added > 0) this.context.say(`${counted(added, 'document')} added.`);
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

  /** The button that was pressed goes with its line. */
  readonly #goOn = (): void => {
    this.renderRoot.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true });
  };

  readonly #remove = async (): Promise<void> => {
    const { id, title } = this.removing!;
    await this.api.ask(`/documents/${encodeURIComponent(id)}`, { method: 'DELETE', query: { shop: this.shop } });
    this.context.say(`${title} is deleted.`);
    this.#loader.again();
  };
}
customElements.define('desk-documents', DeskDocumentsView);
