import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { ChatState } from '../state/state.ts';
import { announcer } from './announcer.ts';
import './composer.ts';
import { failure } from './failure.ts';
import { demoNote, header } from './header.ts';
import './message-list.ts';
import { start } from './start.ts';
import { typing } from './typing.ts';

export interface PanelOptions {
  strings: Strings;
  /** BCP 47, for prices and times. */
  locale: string;
  /** Stands in the page and can't be closed; else it is a dialog. */
  inline: boolean;
  onNewThread: () => void;
  onClose: () => void;
  onDialogClose: (event: Event) => void;
}

function conversation(state: ChatState, { strings, locale }: PanelOptions): TemplateResult {
  if (state.messages.length > 0) {
    return html`<shopclerk-messages
      .messages=${state.messages}
      .strings=${strings}
      .locale=${locale}
      .reconnecting=${state.turn?.reconnecting ? state.turn.messageKey : null}
    ></shopclerk-messages>`;
  }
  if (state.shop && !state.failure) return start(state.shop, strings);
  // One status for both: it has to be there before what it shall say.
  return html`<div class="waiting" role="status">
    ${state.failure ? failure(state.failure, strings) : typing({ ...strings, typing: strings.loading })}
  </div>`;
}

/** The chat itself, from the header down to where the shopper writes. What its pieces ask for are intents. */
export function panel(state: ChatState, options: PanelOptions): TemplateResult {
  const { strings, inline, onNewThread, onClose, onDialogClose } = options;
  const { shop, turn } = state;
  const content = html`${header({ shop, strings, onNewThread, onClose: inline ? null : onClose })}
    ${shop?.demo_model ? demoNote(strings) : nothing} ${conversation(state, options)}
    <shopclerk-composer
      .strings=${strings}
      .limit=${shop?.max_message_length ?? Infinity}
      .busy=${turn !== null}
    ></shopclerk-composer>
    ${announcer()}`;
  const label = strings.dialog(shop?.name ?? '');
  if (inline) {
    return html`<section class="panel" part="panel" lang=${strings.$lang} dir=${strings.$dir} aria-label=${label}>
      ${content}
    </section>`;
  }
  return html`<dialog
    class="panel"
    part="panel"
    lang=${strings.$lang}
    dir=${strings.$dir}
    aria-label=${label}
    @close=${onDialogClose}
  >
    ${content}
  </dialog>`;
}
