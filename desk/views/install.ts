import { css, html, nothing } from 'lit';
import type { Install, InstallTag } from '../../proxy/protocol/admin/index.ts';
import { checkList, checkStyles } from '../components/checks.ts';
import { Loader } from '../loader.ts';
import { DeskView } from '../view.ts';

/** @summary How the assistant gets onto the shop's pages. */
export class DeskInstall extends DeskView {
  static override properties = { ...DeskView.properties, copied: { state: true } };
  static override styles = [
    ...DeskView.styles,
    checkStyles,
    css`
      h2 {
        margin: 0 0 8px;
      }
      h3 {
        margin: 16px 0 4px;
      }
      p {
        max-width: 75ch;
      }
      .code {
        display: flex;
        align-items: start;
        gap: 8px;
        padding: 10px 12px;
        border-radius: 8px;
        background: var(--_raised);
      }
      pre {
        flex: 1;
        min-width: 0;
        margin: 0;
        font-size: 13px;
        line-height: 1.6;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .code .button {
        flex: none;
      }
      @media (max-width: 520px) {
        .code {
          flex-direction: column;
        }
      }
    `,
  ];
  readonly #loader = new Loader<Install>(this, (words) => this.context.say(words));
  /** What was copied last; '-' where the browser didn't allow it. */
  declare copied: string;

  constructor() {
    super();
    this.copied = '';
  }

  override willUpdate(): void {
    const { shop } = this;
    this.#loader.ask(['install', shop], (signal) => this.api.ask('/install', { query: { shop }, signal }));
  }

  override render() {
    return this.#loader.render((install) => this.#steps(install), { lines: 10 });
  }

  #steps({ tags, csp, origins, origins_editable: editable, checks, version }: Install) {
    const { following, pinned } = tags;
    return html`<div class="stack">
      <section class="sheet">
        <h2>1. Put this line into your shop's pages</h2>
        <p>Before the end of <code>&lt;body&gt;</code>, on every page that shall have the assistant: one line, nothing else.</p>
        ${
          following && pinned
            ? html`${this.#tag('following', 'Always the latest', 'You have nothing to do when the proxy is upgraded.', following)}
              ${this.#tag('pinned', `Version ${version} alone`, 'The browser checks that not a byte of it has changed. Copy the line anew after an upgrade.', pinned)}`
            : html`<p class="alert">The widget isn't built yet. Whoever runs the proxy mends it with <code>npm run build</code>.</p>`
        }
        ${this.copied === '-' ? html`<p class="alert" role="alert">Your browser didn't allow copying. Mark the line and copy it by hand.</p>` : nothing}
      </section>
      <section class="sheet">
        <h2>2. Allow your shop's address</h2>
        ${
          origins.length === 0
            ? html`<p>No page but the proxy's own may use the assistant yet.</p>`
            : html`<ul>
              ${origins.map((origin) => html`<li><code>${origin}</code></li>`)}
            </ul>`
        }
        <p>
          ${
            editable
              ? html`<a href=${this.href('settings', { part: 'privacy' })}>Change the addresses in the settings</a>`
              : 'Your operator changes this list: tell them the address of your shop, such as https://shop.example.'
          }
        </p>
      </section>
      <section class="sheet">
        <h2>3. Only if your pages have a Content-Security-Policy</h2>
        <p>Most shops don't. If yours do, these have to be in it:</p>
        ${this.#code('csp', csp.map(({ directive, sources }) => `${directive} ${sources.join(' ')};`).join('\n'), 'Copy the lines')}
        ${csp.map(({ directive, note }) => (note === undefined ? nothing : html`<p class="hint"><code>${directive}</code>: ${note}</p>`))}
      </section>
      <section class="sheet">
        <h2>Checks</h2>
        ${checkList(
          checks.map(({ status, message }) => ({ status, what: message })),
          'To do',
        )}
        <p class="hint">
          To look at your shop's own page from outside: <code>shop-clerk doctor https://your-shop.example</code>, on the machine of
          the proxy.
        </p>
      </section>
    </div>`;
  }

  #tag(name: string, title: string, words: string, { html: line }: InstallTag) {
    return html`<h3>${title}</h3>
      <p class="hint">${words}</p>
      ${this.#code(name, line, `Copy the line: ${title}`)}`;
  }

  #code(name: string, text: string, label: string) {
    return html`<div class="code">
      <pre data-code=${name}>${text}</pre>
      <button class="button" aria-label=${label} @click=${() => void this.#copy(name, text)}>
        ${this.copied === name ? 'Copied' : 'Copy'}
      </button>
    </div>`;
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = name;
      this.context.say('Copied.');
    } catch {
      this.copied = '-';
    }
  }
}
customElements.define('desk-install', DeskInstall);
