import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { ChatState } from '../state/state.ts';
import './announcer.ts';
import './composer.ts';
import { failure } from './failure.ts';
import { demoNote, header } from './header.ts';
import type { AnnounceIntent, SendIntent } from './intents.ts';
import './message-list.ts';
import { start } from './start.ts';
import { typing } from './typing.ts';

export interface PanelOptions {
  strings: Strings;
  /** BCP 47, for prices and times. */
  locale: string;
  /** Stands in the page and can't be closed; else it is a dialog. */
  inline: boolean;
  onSend: (text: string) => void;
  /** One of the starter prompts was pressed. */
  onPrompt: (text: string) => void;
  onStop: () => void;
  onRetry: () => void;
  onNewThread: () => void;
  onClose: () => void;
  onClick: (event: Event) => void;
  onKeydown: (event: KeyboardEvent) => void;
  onDialogClose: (event: Event) => void;
}

function conversation(state: ChatState, { strings, locale, onRetry, onPrompt }: PanelOptions): TemplateResult {
  if (state.messages.length > 0) {
    return html`<shopclerk-messages
      .messages=${state.messages}
      .strings=${strings}
      .locale=${locale}
    ></shopclerk-messages>`;
  }
  if (state.failure) return html`<div class="waiting">${failure(state.failure, strings, onRetry)}</div>`;
  if (!state.shop) return html`<div class="waiting">${typing({ ...strings, typing: strings.loading })}</div>`;
  return start(state.shop, strings, onPrompt);
}

function announce(event: AnnounceIntent): void {
  (event.currentTarget as Element).querySelector('shopclerk-announcer')?.say(event.text);
}

/** The chat itself, from the header down to where the shopper writes. */
export function panel(state: ChatState, options: PanelOptions): TemplateResult {
  const { strings, inline } = options;
  const { shop, turn } = state;
  const content = html`${header({
    shop,
    strings,
    onNewThread: options.onNewThread,
    onClose: inline ? null : options.onClose,
  })}
    ${shop?.demo_model ? demoNote(strings) : nothing} ${conversation(state, options)}
    <shopclerk-composer
      .strings=${strings}
      .limit=${shop?.max_message_length ?? Infinity}
      .busy=${turn !== null}
      @intent-send=${({ text }: SendIntent) => options.onSend(text)}
      @intent-stop=${options.onStop}
    ></shopclerk-composer>
    <shopclerk-announcer></shopclerk-announcer>`;
  const label = strings.dialog(shop?.name ?? '');
  if (inline) {
    return html`<section
      class="panel"
      part="panel"
      lang=${strings.$lang}
      dir=${strings.$dir}
      aria-label=${label}
      @click=${options.onClick}
      @intent-announce=${announce}
      @intent-retry=${options.onRetry}
    >
      ${content}
    </section>`;
  }
  return html`<dialog
    class="panel"
    part="panel"
    lang=${strings.$lang}
    dir=${strings.$dir}
    aria-label=${label}
    @click=${options.onClick}
    @keydown=${options.onKeydown}
    @close=${options.onDialogClose}
    @intent-announce=${announce}
    @intent-retry=${options.onRetry}
  >
    ${content}
  </dialog>`;
}
