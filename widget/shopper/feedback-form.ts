import { html, type TemplateResult } from 'lit';
import { FEEDBACK_REASONS, type Feedback, type FeedbackReason } from '../../proxy/protocol/index.ts';
import type { ShopperStrings } from '../i18n/types.ts';

/** What the proxy takes at the most, in UTF-16 code units. */
const MAX_COMMENT = 500;

export interface FeedbackFormOptions {
  /** Beginning of the fields' ids. */
  id: string;
  words: ShopperStrings;
  onSend: (feedback: Feedback) => void;
  onSkip: () => void;
}

/** Why an answer was no good: nobody has to say. */
export function feedbackForm({ id, words, onSend, onSkip }: FeedbackFormOptions): TemplateResult {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const reason = data.get('reason') as FeedbackReason | null;
    const comment = (data.get('comment') as string).trim();
    onSend({ rating: 'down', ...(reason && { reason }), ...(comment && { comment }) });
  }
  return html`<form class="why" part="feedback" @submit=${submit}>
    <fieldset>
      <legend>${words.why}</legend>
      ${FEEDBACK_REASONS.map(
        (reason) => html`<label><input type="radio" name="reason" value=${reason} /> ${words.reasons[reason]}</label>`,
      )}
    </fieldset>
    <label for="${id}-comment">${words.comment}</label>
    <textarea id="${id}-comment" name="comment" rows="2" maxlength=${MAX_COMMENT} dir="auto"></textarea>
    <div class="buttons">
      <button class="primary">${words.send}</button>
      <button class="plain" type="button" @click=${onSkip}>${words.skip}</button>
    </div>
  </form>`;
}
