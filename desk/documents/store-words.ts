import type { DeskDocuments, DeskDocumentStore } from '../../proxy/protocol/admin/index.ts';

/** What is said of a vector store, and whether somebody should look at it. */
export interface StoreWords {
  text: string;
  isBad: boolean;
}

/** Of a document's copy; null where there is nothing to say. */
export function copyWords(copy: DeskDocumentStore | undefined): StoreWords | null {
  if (copy?.state === 'failed')
    return { text: `Not in the vector store: ${copy.error ?? 'it was not taken.'}`, isBad: true };
  // What it waits for, where the provider takes no more for now.
  if (copy?.state === 'waiting')
    return { text: copy.error ?? 'On its way to the vector store…', isBad: copy.error !== null };
  return null;
}

/** Of the whole store; null for a shop without one. */
export function storeWords({ documents, store }: DeskDocuments): StoreWords | null {
  if (!store) return null;
  if (store.state === 'waiting') return { text: 'The vector store is being brought up to date…', isBad: false };
  if (store.error !== null) {
    return { text: `The vector store: ${store.error} Documents are found by their words all the same.`, isBad: true };
  }
  const failed = documents.filter((document) => document.store?.state === 'failed').length;
  const waiting = documents.filter((document) => document.store?.state === 'waiting').length;
  const rest = [failed > 0 ? `${failed} not taken` : '', waiting > 0 ? `${waiting} still being read there` : ''].filter(
    Boolean,
  );
  if (rest.length === 0) return { text: 'The vector store has all documents that are in use.', isBad: false };
  return { text: `The vector store: ${rest.join(', ')}.`, isBad: failed > 0 };
}
