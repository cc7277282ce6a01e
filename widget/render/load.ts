import { createBrought } from '../bring.ts';
import type * as markdown from './markdown.ts';

export type Markdown = typeof markdown;

/** The parser of Markdown, and what makes nodes of it: few first answers need it (plain.ts). */
export const parser = createBrought<Markdown>(() => import('./markdown.ts'));
