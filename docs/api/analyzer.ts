/**
 * The analyzer with the compiler that it brings. Its own types leave both out; that compiler is not the one that checks this house,
 * which has no API in JavaScript.
 */
import * as analyzer from '@custom-elements-manifest/analyzer';
import type TS from '../../node_modules/@custom-elements-manifest/analyzer/node_modules/typescript/lib/typescript.js';

export type { TS };

interface Analyzer {
  create(options: { modules: readonly TS.SourceFile[] }): unknown;
  ts: typeof TS;
}

export const { create, ts } = analyzer as unknown as Analyzer;
