/**
 * What it takes when the line is lost or held up, the proxy refuses, or the page's author has made a mistake: few first answers need it,
 * and so it comes when one does.
 */
export { explain, unknownCommand, unknownValue } from '../explain.ts';
export { errorOf } from './error-of.ts';
export { createPersistence } from './persistence.ts';
export { createPollingLine } from './polling-line.ts';
