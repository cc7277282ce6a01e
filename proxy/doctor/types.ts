/** What one look has found. */
export interface Finding {
  /** What was looked at: `tag`, `csp`, `stream`; the same word at every run. */
  check: string;
  /** `warn`: it works, and something should be done. */
  status: 'ok' | 'warn' | 'fail';
  says: string;
  /** What to do; left out where all is well. */
  fix?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, status: 'ok', says });
export const warn = (check: string, says: string, fix: string): Finding => ({ check, status: 'warn', says, fix });
export const fail = (check: string, says: string, fix: string): Finding => ({ check, status: 'fail', says, fix });
