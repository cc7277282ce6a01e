/** A question that the shop has no answer to. */
export interface GapRow {
  shop: string;
  threadId: string;
  turnId: string;
  /** Where it was looked for: in the shop's documents, or in its catalogue. */
  kind: 'documents' | 'search';
  /** In the words in which the model searched. */
  query: string;
  createdAt: number;
}
