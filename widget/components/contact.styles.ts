import { css } from '../styles/css.ts';

export const contactStyles = css`
  shopclerk-contact {
    display: block;
    flex-basis: 100%;
    min-width: 0;
  }
  shopclerk-contact .primary,
  shopclerk-contact .decline {
    min-height: 44px;
    padding: 8px 18px;
    border-radius: 22px;
    font-size: 14px;
    font-weight: 600;
  }
  .notice > shopclerk-contact[step='folded'] {
    padding-block: 6px 2px;
  }
  /* In a low window the form scrolls, and leaves the conversation what is left over. */
  shopclerk-contact[alone] {
    flex: 0 1 auto;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  shopclerk-contact[alone]:not([step='folded']) {
    padding: 8px 16px 16px;
  }
  shopclerk-contact[alone] .letter {
    flex-basis: 100%;
  }
  /* What is left of the conversation can be lower than the button. */
  .panel:has(> [alone]:is([step='open'], [step='sending'])) .jump {
    display: none;
  }
  .letter {
    margin-block-start: 8px;
  }
  .letter > label:not(.tick) {
    display: block;
    /* The ring around the field below needs four. */
    margin-block-end: 6px;
    font-weight: 600;
  }
  .letter label span {
    font-weight: 400;
    color: var(--_muted);
  }
  .letter :is(input:not([type='checkbox']), textarea) {
    width: 100%;
    min-height: 44px;
    margin: 0 0 12px;
    padding: 9px 12px;
    border: 1px solid light-dark(#8d867d, #857e75);
    border-radius: 12px;
    /* With the label above it. */
    scroll-margin-block: 36px;
    /* Under 16 px, iOS zooms the page into the field. */
    font: inherit;
    font-size: 16px;
    line-height: 24px;
    color: inherit;
    background: var(--_surface);
  }
  .letter textarea {
    display: block;
    max-height: 240px;
    resize: vertical;
    scrollbar-width: thin;
  }
  .letter [aria-invalid='true']:is(input, textarea) {
    border-color: var(--_alert);
  }
  :is(.letter p, .contact-sent) {
    margin: 0;
  }
  .letter .refusal {
    margin: -8px 0 12px;
    font-size: 13px;
    color: var(--_alert);
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
  }
  .tick input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .letter .tick + .refusal {
    margin-block-start: 0;
  }
  .letter .fate {
    font-size: 13px;
    color: var(--_muted);
  }
  .letter .fate a {
    font-weight: inherit;
  }
  .letter .failure {
    margin-block-start: 8px;
  }
  /* As far from the edge that they are scrolled to as the notice is padded. */
  :is(.letter, .letter .primary) {
    scroll-margin-block: 10px;
  }
  .letter .primary[aria-disabled='true'] {
    opacity: 0.7;
    cursor: default;
  }
  .contact-sent {
    padding-block: 4px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  /* One place to write at a time. */
  shopclerk-contact[alone]:has(form) ~ :is(shopclerk-composer, shopclerk-about) {
    display: none;
  }
`;
