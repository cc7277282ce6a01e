/** What it takes when the line is lost or held up, or the proxy refuses: few first answers need it, and so it comes when one does. */
export { errorOf } from './error-of.ts';
export { createPersistence } from './persistence.ts';
export { createPollingLine } from './polling-line.ts';
