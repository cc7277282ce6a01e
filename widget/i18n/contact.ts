import type { Language } from './locale.ts';

/** What the form to the shop's people says. Apart from the other words, because few ever open it; both languages come with it. */
export interface ContactWords {
  write: string;
  name: string;
  /** Behind a label. */
  optional: string;
  email: string;
  message: string;
  talk: string;
  /** What becomes of it. */
  fate: string;
  send: string;
  sending: string;
  cancel: string;
  close: string;
  /** The address follows. */
  sent: string;
  emailMissing: string;
  emailWrong: string;
  messageMissing: string;
  talkGone: string;
}

export const contactWords: Record<Language, ContactWords> = {
  en: {
    write: 'Write to us',
    name: 'Name',
    optional: '(optional)',
    email: 'E-mail',
    message: 'Message',
    talk: 'Send this conversation with it',
    fate: 'The shop gets your message and your address, and keeps them to answer you.',
    send: 'Send message',
    sending: 'Sending…',
    cancel: 'Cancel',
    close: 'Close',
    sent: 'Your message is sent. The answer comes to',
    emailMissing: 'Please write your e-mail address, for the answer.',
    emailWrong: 'This e-mail address is not complete. It should look like name@example.com.',
    messageMissing: 'Please write a message first.',
    talkGone: 'This conversation is no longer there to go along. You can send the message without it.',
  },
  he: {
    write: 'כתבו לנו',
    name: 'שם',
    optional: '(לא חובה)',
    email: 'דוא״ל',
    message: 'הודעה',
    talk: 'לצרף את השיחה הזאת',
    fate: 'החנות מקבלת את ההודעה ואת הכתובת שלכם, ושומרת אותן כדי לענות לכם.',
    send: 'שליחת ההודעה',
    sending: 'שולחים…',
    cancel: 'ביטול',
    close: 'סגירה',
    sent: 'ההודעה נשלחה. התשובה תגיע אל',
    emailMissing: 'כתבו את כתובת הדוא״ל שלכם, בשביל התשובה.',
    emailWrong: 'זו לא כתובת דוא״ל שלמה. היא אמורה להיראות כך: name@example.com',
    messageMissing: 'כתבו קודם הודעה.',
    talkGone: 'השיחה הזאת כבר לא קיימת. אפשר לשלוח את ההודעה בלעדיה.',
  },
};
