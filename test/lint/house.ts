import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const oxlint = path.join(root, 'node_modules/.bin/oxlint');

/** The rules that keep the rooms apart; others have opinions about such strange files, too. */
const RULES = ['eslint(no-restricted-imports)', 'eslint(no-restricted-properties)'];

interface Report {
  /** A file that can't be parsed gets a diagnostic without a code, and no other. */
  diagnostics: { code?: string; message: string; filename: string; labels: { span: { line: number } }[] }[];
}

export interface House {
  /** Writes a file of these lines; `file` is relative to the house. */
  write(file: string, lines: string[]): void;
  lint(): Promise<void>;
  /** Whether the linter had anything against this line of this file. */
  refuses(file: string, line: string): boolean;
  /** The files that import themselves, by whatever detour. */
  cycles(): string[];
  remove(): void;
}

/** An empty directory under our lint rules. */
export function createHouse(): House {
  const dir = mkdtempSync(path.join(tmpdir(), 'shop-clerk-lint-'));
  const written = new Map<string, string[]>();
  const refused = new Set<string>();
  const cyclic = new Set<string>();
  cpSync(path.join(root, '.oxlintrc.json'), path.join(dir, '.oxlintrc.json'));

  return {
    write(file, lines) {
      written.set(file, lines);
      mkdirSync(path.join(dir, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(dir, file), `${lines.join('\n')}\n`);
    },

    async lint() {
      for (const { code, message, filename, labels } of (await report(dir)).diagnostics) {
        if (code === undefined) throw new Error(`${filename}: ${message}`);
        const line = written.get(filename)?.[(labels[0]?.span.line ?? 0) - 1];
        if (code === 'import(no-cycle)') cyclic.add(filename);
        if (RULES.includes(code)) refused.add(`${filename}: ${line}`);
      }
    },

    refuses(file, line) {
      if (written.get(file)?.includes(line) !== true) throw new Error(`${file} has no line ${line}`);
      return refused.has(`${file}: ${line}`);
    },

    cycles() {
      return [...cyclic];
    },

    remove() {
      rmSync(dir, { recursive: true });
    },
  };
}

/** It exits with 1, because it finds something; so only a report that is no JSON is an error. */
function report(cwd: string): Promise<Report> {
  return new Promise((resolve, reject) => {
    execFile(oxlint, ['--format=json'], { cwd, maxBuffer: 64 * 2 ** 20 }, (_found, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch (cause) {
        reject(new Error(`oxlint gave no report: ${stderr || stdout}`, { cause }));
      }
    });
  });
}
