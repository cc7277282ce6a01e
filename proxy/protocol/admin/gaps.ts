import type { GapKind } from './conversations.ts';

/** `GET /api/admin/gaps?shop=&kind=&state=open|done|all&order=count|recent&cursor=&limit=` */
export interface GapPage {
  gaps: Gap[];
  /** Of all pages. */
  total: number;
  next_cursor: string | null;
}

/** What was asked for in the same words, but for case and spaces. */
export interface Gap {
  kind: GapKind;
  /** Stands for all of them. */
  key: string;
  /** As it was last written. */
  text: string;
  count: number;
  first_at: string;
  last_at: string;
  /** When the owner said that something was done; asked again later, it is open again. */
  done_at: string | null;
  done_by: string | null;
  /** Three at most. */
  latest: GapOccurrence[];
}

export interface GapOccurrence {
  thread_id: string;
  turn_id: string;
  text: string;
  at: string;
}

/** `GET /api/admin/gaps/occurrences?shop=&kind=&key=`: the newest hundred. */
export interface GapOccurrences {
  occurrences: GapOccurrence[];
}

/** `POST /api/admin/gaps/done?shop=` */
export interface GapMark {
  kind: GapKind;
  key: string;
  done: boolean;
}
