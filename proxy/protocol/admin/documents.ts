/** `GET /api/admin/documents?shop=` */
export interface DeskDocuments {
  documents: DeskDocument[];
  /** Only where the shop has one: `waiting` is being brought up to date, `error` keeps all documents out. */
  store?: DeskDocumentStore;
}

export interface DeskDocumentStore {
  state: 'waiting' | 'ready' | 'failed';
  error: string | null;
}

/**
 * `POST /api/admin/documents?shop=&name=&url=` with the file as the body, or in a form that may name it → `DeskDocument`, 422 with `status: failed` for one that
 * can't be read; `PUT /:id?shop=` replaces, `PATCH /:id` `{shop, enabled}` switches, `DELETE /:id?shop=` removes,
 * `POST /sync` `{shop}` reads those that the settings name.
 */
export interface DeskDocument {
  id: string;
  title: string;
  /** The name of the file, or the address it is fetched from. */
  source: string;
  /** The shop's settings name it: it is fetched by schedule, and replaced where it is read from. */
  fetched: boolean;
  kind: 'pdf' | 'docx' | 'markdown' | 'html' | 'text' | 'csv';
  url?: string;
  lang?: string;
  enabled: boolean;
  status: 'waiting' | 'ready' | 'failed';
  error: string | null;
  bytes: number;
  pages: number | null;
  chunks: number;
  added_at: string;
  updated_at: string;
  /** Its copy in the shop's vector store at a provider; only where the shop has one. */
  store?: DeskDocumentStore;
}

/** `GET /api/admin/documents/search?shop=&q=`: the passages that the assistant would be given, best first. */
export interface DeskPassages {
  passages: DeskPassage[];
}

export interface DeskPassage {
  id: number;
  document_id: string;
  title: string;
  section: string;
  text: string;
  url?: string;
  lang?: string;
}
