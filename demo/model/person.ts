/** Asking for a person. */
import type { Language } from './words.ts';

export const PERSON =
  /\b(?:talk|speak|chat|write)\b[^.?!]*\b(?:to|with)\b[^.?!]*\b(?:human|person|people|someone|somebody|agent|representative|staff|support)\b|\b(?:real|live) (?:human|person|agent)\b|\bhuman (?:agent|being|help)\b|\bcustomer (?:service|support|care)\b|(?:לדבר|להתכתב|לשוחח|דברו|תנו לי)[^.?!]*(?:עם|ל)\s?(?:נציג|אדם|אנושי|בן אדם|מישהו)|נציגת? (?:שירות|אנושית?)|שירות לקוחות|בן אדם אמיתי/iu;

export interface HandOffResult {
  shown?: boolean;
  form?: boolean;
  somebody_is_there_now?: boolean;
}

export function handedOff({ shown, form, somebody_is_there_now: there }: HandOffResult, language: Language): string {
  const he = language === 'he';
  if (!shown) {
    return he
      ? 'אין לי דרך להעביר אתכם לאנשי החנות. מה אוכל לחפש בשבילכם?'
      : 'I have no way to bring you to the people of the shop. What may I look up for you?';
  }
  const later =
    there === false
      ? he
        ? ' כרגע אין שם אף אחד, והם יחזרו אליכם.'
        : ' Nobody is there right now; they will get back to you.'
      : '';
  if (form)
    return (
      (he
        ? 'בשמחה. כתבו לאנשי החנות כאן, והם יענו לכם.'
        : 'Of course. Write to the people of the shop here, and they will answer you.') + later
    );
  return (he ? 'בשמחה. כך מגיעים לאנשי החנות.' : 'Of course. Here is how to reach the people of the shop.') + later;
}
