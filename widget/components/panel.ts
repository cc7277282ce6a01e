import { html, nothing, type TemplateResult } from 'lit';
import { loadAbout, mayTell } from '../about/load.ts';
import type { Strings } from '../i18n/index.ts';
import { waitsForShopper } from '../state/parts.ts';
import { consentNeeded } from '../state/state.ts';
import type { ChatState } from '../state/state.ts';
import { announcer } from './announcer.ts';
import './composer.ts';
import { agreement } from './agreement.ts';
import './failure.ts';
import { demoNote, header } from './header.ts';
import './message-list.ts';
import { start } from './start.ts';
import { typing } from './typing.ts';

export interface PanelOptions {
  strings: Strings;
  /** BCP 47, for prices and times. */
  locale: string;
  /** In place of the shop's name. */
  heading: string | null;
  /** Stands in the page and can't be closed; else it is a dialog. */
  inline: boolean;
  /** What the page's script says of it. */
  page: unknown;
  /** The shopper has asked for the people of the shop. */
  contact: boolean;
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
      .shop=${state.shop}
      .reconnecting=${state.turn?.reconnecting ? state.turn.messageKey : null}
    ></shopclerk-messages>`;
  }
  if (state.shop && !state.failure && state.connection !== 'loading') {
    return start(state.shop, strings, consentNeeded(state));
  }
  // One status for both: it has to be there before what it shall say.
  return html`<div class="waiting" role="status">
    ${state.failure ? html`<shopclerk-failure .what=${state.failure} .strings=${strings}></shopclerk-failure>` : [typing({ ...strings, typing: '' }), html`<p class="reconnecting">${strings.loading}</p>`]}
  </div>`;
}

/** The chat itself, from the header down to where the shopper writes. What its pieces ask for are intents. */
export function panel(state: ChatState, options: PanelOptions): TemplateResult {
  const { strings, heading, inline, onNewThread, onClose, onDialogClose } = options;
  const { shop, turn, aside } = state;
  const ask = consentNeeded(state);
  const box = ask && agreement.there();
  if (shop?.page_context && mayTell(options.page)) void loadAbout();
  const content = html`${header({ shop, heading, strings, talk: state.threadId !== null, onNewThread, onClose: inline ? null : onClose })}
    ${shop?.demo_model ? demoNote(strings) : nothing} ${conversation(state, options)}
    ${
      aside
        ? html`<div class="aside" role="alert">
          <shopclerk-failure .what=${aside} .strings=${strings} .past=${!ask || !!box}></shopclerk-failure>
        </div>`
        : nothing
    }
    ${
      options.contact && shop?.contact
        ? html`<shopclerk-contact alone .contact=${shop.contact} .strings=${strings} .shop=${shop}></shopclerk-contact>`
        : nothing
    }
    ${box ? box.consent(shop!, strings) : nothing}
    ${shop?.page_context && !ask ? html`<shopclerk-about .strings=${strings} .shop=${shop}></shopclerk-about>` : nothing}
    <shopclerk-composer
      ?inert=${box}
      .thread=${state.threadId}
      .unsent=${state.unsent}
      .strings=${strings}
      .limit=${shop?.max_message_length ?? Infinity}
      .busy=${turn !== null && !waitsForShopper(state)}
    ></shopclerk-composer>
    <slot name="footer"></slot>
    ${announcer()}`;
  const label = strings.dialog(heading ?? shop?.name ?? '');
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
