import { html, nothing, type PropertyValues } from 'lit';
import type { SettingsDifference, SettingsState } from '../../proxy/protocol/admin/index.ts';
import { wordsOf } from '../api.ts';
import '../components/confirm.ts';
import { segments } from '../components/segments.ts';
import { formValues } from '../form.ts';
import { count, counted, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { differences } from '../settings/diff.ts';
import { Draft, isConflict } from '../settings/draft.ts';
import { editingField } from '../settings/field.ts';
import type { Part } from '../settings/fields.ts';
import { partOf, SPECS } from '../settings/find-field.ts';
import { notices } from '../settings/notices.ts';
import { chosenOf, type Choices } from '../route.ts';
import { PARTS } from '../settings/parts.ts';
import '../settings/preview.ts';
import { diffStyles, settingsStyles } from '../settings/settings.styles.ts';
import '../settings/versions.ts';
import { segmentStyles } from '../styles/segments.ts';
import { DeskView } from '../view.ts';

const VERSIONS = 'versions';
const OTHER = 'other';

/** @summary What the shop's assistant says, knows, looks like and may cost: drafted, seen, published, and taken back. */
export class DeskSettings extends DeskView {
  static override properties = { ...DeskView.properties, problem: { state: true }, publishing: { state: true } };
  static override styles = [...DeskView.styles, segmentStyles, settingsStyles, diffStyles];
  readonly #loader = new Loader<SettingsState>(this, (words) => this.context.say(words));
  #draft: Draft | null = null;
  declare problem: string;
  declare publishing: boolean;

  constructor() {
    super();
    this.problem = '';
    this.publishing = false;
  }

  override get unsaved(): boolean {
    return this.#draft?.unsaved ?? false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#draft?.stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { shop } = this;
    this.#loader.ask(['settings', shop], (signal) => this.api.ask('/settings', { query: { shop }, signal }), {
      fresh: true,
    });
    const { value: state } = this.#loader;
    if (state && this.#draft?.state !== state) {
      this.#draft?.stop();
      this.#draft = new Draft(this, this.api, state);
    }
    // As after a login that had ended: what could not be kept goes now.
    if (changed.has('context') && this.#draft?.keep === 'failed') void this.#draft.flush();
  }

  override render() {
    return this.#loader.render(() => this.#page(this.#draft!), { lines: 12 });
  }

  /** With how much is to be mended in each. */
  #choices(draft: Draft): Choices<string> {
    const [first, ...more] = PARTS.map(({ name, title }) => [name, this.#titleOf(draft, name, title)] as const);
    const others = this.#others(draft).fields.length > 0 ? [[OTHER, 'Other'] as const] : [];
    return [first!, ...more, ...others, [VERSIONS, 'Versions']];
  }

  #page(draft: Draft) {
    const choices = this.#choices(draft);
    const part = chosenOf(this.context.route, 'part', choices);
    const versions = part === VERSIONS;
    return html`${this.#bar(draft, part)}
      ${segments({ legend: 'Part', name: 'part', choices, chosen: part, choose: (name) => this.refine({ part: name }) })}
      <div class="stack said">
        ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing} ${notices(draft, part)}
      </div>
      <div class=${versions ? '' : 'beside'}>
        ${
          versions
            ? html`<desk-versions
              .api=${this.api}
              .shop=${this.shop}
              .now=${draft.state.published?.version ?? 0}
              .say=${this.context.say}
              @undone=${() => this.#published('The older version is served now.')}
            ></desk-versions>`
            : html`<div>${this.#groups(draft, part)}</div>
              <desk-preview .api=${this.api} .shop=${this.shop} .kept=${draft.kept} .draft=${draft.exists}></desk-preview>`
        }
      </div>
      ${this.#publishDialog(draft)}
      <desk-confirm heading="Throw the draft away?" action="Throw it away" .act=${this.#discard} @done=${() => this.renderRoot.querySelector<HTMLElement>('.bar .main')?.focus()}>
        All that you and others have changed since the last version is lost. Shoppers notice nothing.
      </desk-confirm>`;
  }

  #titleOf(draft: Draft, name: string, title: string): string {
    const wrong = draft.problems.filter(({ field }) => partOf(field).name === name).length;
    return wrong > 0 ? `${title} (${count(wrong)} to mend)` : title;
  }

  #bar(draft: Draft, part: string) {
    const { changed } = draft;
    const can = changed.length > 0 && draft.keep !== 'refused';
    return html`<div class="bar">
      <span class="small" role="status">${this.#stateOf(draft)}</span>
      ${
        draft.exists || changed.length > 0
          ? html`<button class="button" @click=${() => this.renderRoot.querySelector<HTMLElementTagNameMap['desk-confirm']>('desk-confirm')?.ask()}>
            Discard
          </button>`
          : nothing
      }
      ${
        part === VERSIONS
          ? nothing
          : html`<button class="button to-preview" @click=${() => this.renderRoot.querySelector('desk-preview')?.scrollIntoView()}>
            Preview
          </button>`
      }
      <button class="button main" aria-disabled=${String(!can)} @click=${() => can && this.#dialog.showModal()}>
        Review and publish
      </button>
    </div>`;
  }

  #stateOf({ keep, changed, problems, state }: Draft) {
    if (keep === 'refused')
      return html`<span class="alert">${counted(problems.length, 'thing')} to mend; not kept yet</span>`;
    if (keep === 'failed') return html`<span class="alert">Not kept: try again</span>`;
    if (keep !== 'kept') return 'Keeping your draft…';
    if (changed.length > 0) return `Draft kept: ${counted(changed.length, 'change')}, seen by nobody but you`;
    const { published, file } = state;
    if (!published) return `As ${file} has it; nothing was published here yet`;
    return html`Version ${published.version}, published ${when(published.at)} by ${published.by}`;
  }

  /** What the proxy lets change and the desk has no form for. */
  #others(draft: Draft): Part['groups'][number] {
    const fields = draft.state.fields.filter(({ field }) => !SPECS.has(field));
    return { title: 'Other', fields: fields.map(({ field }) => ({ kind: 'json', field, label: field }) as const) };
  }

  #groups(draft: Draft, name: string) {
    const groups =
      name === OTHER ? [this.#others(draft)] : (PARTS.find((part) => part.name === name) ?? PARTS[0]!).groups;
    return groups.map(
      ({ title, words, fields }) => html`<section class="sheet group" aria-label=${title}>
        <h2>${title}</h2>
        ${words ? html`<p class="hint">${words}</p>` : nothing}
        ${fields.filter(({ field }) => draft.fieldOf(field)).map((spec) => editingField(spec, draft))}
      </section>`,
    );
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  #publishDialog(draft: Draft) {
    return html`<dialog aria-labelledby="publish-heading">
      <h2 id="publish-heading">Publish ${counted(draft.changed.length, 'change')}</h2>
      <p class="hint">Served at once: shoppers get it with their next visit or reload, and an answer under way ends as it began.</p>
      ${differences(diffOf(draft), { before: 'Now', after: 'Then' })}
      <form @submit=${this.#publish}>
        <label>
          What for? (may stay empty)
          <input class="field" name="note" maxlength="200" dir="auto" placeholder="A friendlier greeting" />
        </label>
        <p class="alert" role="alert">${this.publishing ? '' : this.problem}</p>
        <div class="row end">
          <button class="button" type="button" @click=${() => this.#dialog.close()}>Cancel</button>
          <button class="button main" aria-disabled=${String(this.publishing)}>${this.publishing ? 'One moment…' : 'Publish'}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #publish = async (event: SubmitEvent): Promise<void> => {
    const { note = '' } = formValues(event);
    if (this.publishing || !this.#draft) return;
    this.publishing = true;
    this.problem = '';
    try {
      const { version } = await this.#draft.publish(note.trim());
      this.#dialog.close();
      this.#published(`Version ${version} is served now.`);
    } catch (error) {
      this.problem = wordsOf(error);
      // What somebody else did meanwhile is shown; what was typed is in the draft.
      if (isConflict(error)) {
        this.#dialog.close();
        this.#loader.again();
      }
    } finally {
      this.publishing = false;
    }
  };

  readonly #discard = async (): Promise<void> => {
    await this.#draft?.discard();
    this.#published('The draft is thrown away.');
  };

  #published(words: string): void {
    this.problem = '';
    this.context.say(words);
    this.#loader.again();
  }
}

/** What publishing would change. */
function diffOf(draft: Draft): SettingsDifference[] {
  const { published, changes, changed } = draft;
  return changed.map((field) => ({
    field,
    before: Object.hasOwn(published, field) ? published[field] : (draft.fieldOf(field)?.value ?? null),
    ...(Object.hasOwn(changes, field) && { after: changes[field] }),
  }));
}
customElements.define('desk-settings', DeskSettings);
