import { html, nothing } from 'lit';
import type { Draft } from './draft.ts';
import { aboutOf, idOf, linesOf, typed, valueIn, type Edit } from './editing.ts';
import type { FieldSpec } from './fields.ts';
import './own-texts.ts';

type Spec = Extract<FieldSpec, { kind: 'languages' }>;
type Pairs = Record<string, string>;

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** Those of the shop first, then what is written in others. */
export function languagesOf(draft: Draft, value: object): string[] {
  const own = (draft.valueOf('languages') ?? []) as string[];
  return [...new Set([...own, ...Object.keys(value)])];
}

export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    // Half typed yet.
    return tag;
  }
}

/** A text, lines or pairs for each language; an empty one isn't there. */
export function languagesEditor({ spec, draft, locked, wrong }: Edit<Spec>) {
  const value = (draft.valueOf(spec.field) ?? {}) as Record<string, unknown>;
  const put = (tag: string, text: string) => {
    draft.raw.set(`${spec.field} ${tag}`, text);
    const { [tag]: _, ...rest } = value;
    const read = readers[spec.each](text);
    // In its place, where it has one.
    const next = isEmpty(read) ? rest : { ...value, [tag]: read };
    draft.set(spec.field, next);
  };
  return html`<div class="inner" role="group" aria-label=${spec.label}>
    ${languagesOf(draft, value).map((tag) => {
      const id = `${idOf(spec)}-${tag}`;
      return html`<div>
        <label for=${id}>${languageName(tag)}</label>
        <textarea
          class="field"
          id=${id}
          lang=${tag}
          dir="auto"
          rows=${spec.each === 'text' ? 2 : 4}
          maxlength=${spec.most ?? 32_000}
          aria-describedby=${aboutOf(spec)}
          aria-invalid=${String(wrong)}
          ?disabled=${locked}
          .value=${typed(draft, `${spec.field} ${tag}`, writers[spec.each](value[tag]))}
          @input=${(event: Event) => put(tag, valueIn(event))}
        ></textarea>
      </div>`;
    })}
    ${spec.each === 'pairs' ? html`<desk-own-texts></desk-own-texts>` : nothing}
  </div>`;
}

const readers: Record<Spec['each'], (text: string) => unknown> = {
  text: (text) => text,
  lines: linesOf,
  pairs: pairsOf,
};
const writers: Record<Spec['each'], (value: unknown) => string> = {
  text: (value) => (typeof value === 'string' ? value : ''),
  lines: (value) => ((value ?? []) as string[]).join('\n'),
  pairs: (value) =>
    Object.entries((value ?? {}) as Pairs)
      .map(([name, text]) => `${name}: ${text}`)
      .join('\n'),
};

/** A line without a colon is a name without words: the proxy says so. */
function pairsOf(text: string): Pairs {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
