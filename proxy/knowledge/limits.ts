/** What a document may be. More makes no better answers, and has to stay bearable for who reads it. */
export const MAX_BYTES = 20 * 2 ** 20;
export const MAX_PAGES = 2_000;
/** UTF-16 code units of text. */
export const MAX_TEXT = 5_000_000;
/** Of a document: three times as many as the longest text has; only one of headings alone has more. */
export const MAX_CHUNKS = 20_000;
/** Of a shop. */
export const MAX_DOCUMENTS = 5_000;
/** Of one reading, told to the owner. */
export const KEPT_FAILURES = 100;
