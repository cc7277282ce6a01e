/** A question that the shop has no answer to. */
export interface GapRow {
  shop: string;
  threadId: string;
  turnId: string;
  /**
   * `documents`: no answer to it in the shop's documents · `search`: nothing of it in the catalogue · `no_result`: a search
   * of the catalogue found nothing in these words, and the answer showed products all the same.
   */
  kind: 'documents' | 'search' | 'no_result';
  /** In the words in which the model searched. */
  query: string;
  createdAt: number;
}
