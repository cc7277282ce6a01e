import { html, nothing, type LitElement, type ReactiveController } from 'lit';
import type { DeskDocument } from '../../proxy/protocol/admin/index.ts';
import { DeskError, wordsOf, type Api } from '../api.ts';
import { upload } from '../upload.ts';

/** A file on its way. */
interface Sending {
  name: string;
  /** 0 to 1; null waits for its turn. */
  share: number | null;
  problem: string;
}

interface Target {
  api: Api;
  shop: string;
  /** The document that the file takes the place of. */
  instead?: DeskDocument | undefined;
}

/** What can be read of. */
export const KINDS = '.pdf,.docx,.md,.markdown,.html,.htm,.txt,.csv';
const MAX_BYTES = 20 * 1024 * 1024;
/** At once; more are chosen another time. */
export const MAX_FILES = 50;

/** Files on their way into the shop's documents, one after the other. */
export class Uploads implements ReactiveController {
  sending: readonly Sending[] = [];
  readonly #host: LitElement;
  #life = new AbortController();

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#life = new AbortController();
  }

  hostDisconnected(): void {
    this.#life.abort();
  }

  get busy(): boolean {
    return this.sending.some(({ problem }) => problem === '');
  }

  /** @returns how many were taken */
  async send(files: readonly File[], target: Target): Promise<number> {
    const taken = files.slice(0, MAX_FILES);
    const names = new Set(taken.map(({ name }) => name));
    const rest = this.sending.filter(({ name }) => !names.has(name));
    this.#show([...rest, ...taken.map(({ name }) => ({ name, share: null, problem: '' }))]);
    const { signal } = this.#life;
    let added = 0;
    for (const file of taken) {
      if (signal.aborted) return added;
      added += (await this.#sendOne(file, target, signal)) ? 1 : 0;
    }
    return added;
  }

  async #sendOne(file: File, { api, shop, instead }: Target, signal: AbortSignal): Promise<boolean> {
    if (file.size > MAX_BYTES) {
      this.#note(file.name, { problem: 'Is larger than 20 MB. Split it, or save it without its pictures.' });
      return false;
    }
    try {
      await upload<DeskDocument>(api, instead ? `/documents/${instead.id}` : '/documents', file, {
        method: instead ? 'PUT' : 'POST',
        query: { shop, ...(!instead && { name: file.name }) },
        progress: (share) => this.#note(file.name, { share }),
        signal,
      });
    } catch (error) {
      if (signal.aborted) return false;
      this.#note(file.name, { problem: unreadable(error) ?? wordsOf(error) });
      return false;
    }
    this.#forget(file.name);
    return true;
  }

  #note(name: string, news: Partial<Sending>): void {
    this.#show(this.sending.map((one) => (one.name === name ? { ...one, ...news } : one)));
  }

  #forget(name: string): void {
    this.#show(this.sending.filter((one) => one.name !== name));
  }

  #show(sending: readonly Sending[]): void {
    this.sending = sending;
    this.#host.requestUpdate();
  }

  render() {
    if (this.sending.length === 0) return nothing;
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
}

/** It came whole, and is no document: the answer is the document with its reason. */
function unreadable(error: unknown): string | undefined {
  if (!(error instanceof DeskError) || error.status !== 422) return undefined;
  const reason = (error.body as Partial<DeskDocument> | undefined)?.error;
  return typeof reason === 'string' ? reason : undefined;
}
