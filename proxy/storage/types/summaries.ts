/** What the older part of a thread comes to. */
export interface SummaryRow {
  /** The last message that is in it. */
  messageId: string;
  text: string;
  model: string;
  createdAt: number;
}
