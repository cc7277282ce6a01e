export { addDocument, removeDocument } from './add.ts';
export { createDocumentDesk, shown, type DocumentOrder, type DocumentOutcome } from './desk.ts';
export { DocumentError } from './document-error.ts';
export { embedDocument } from './embed.ts';
export { createExtractor } from './extractor.ts';
export { createKnowledge } from './knowledge.ts';
export { createPassageSearch, type PassageTask } from './search.ts';
export { syncDocuments } from './sync.ts';
export { createVectorSearch } from './vectors.ts';
