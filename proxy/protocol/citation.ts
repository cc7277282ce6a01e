/** What a statement of an answer rests on. In the answer's text a mark, `[^2]`, stands for the second source. */
export interface Citation {
  /** 1 to 99; the same through the whole answer. */
  number: number;
  /** Of the document: "Returns". */
  title: string;
  /** The heading under which it stands. */
  section?: string;
  /** The words themselves. */
  quote?: string;
  /** Where the shopper can read it: http(s). */
  url?: string;
}
