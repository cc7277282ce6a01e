/** A claim that was taken out of an answer. */
export interface FindingRow {
  shop: string;
  threadId: string;
  turnId: string;
  kind: 'amount' | 'percentage' | 'code';
  /** As the model wrote it. */
  text: string;
  createdAt: number;
}
