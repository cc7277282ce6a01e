import type { TurnWatch } from '../turn-watch.ts';
import type { ErrorCode } from '../protocol/index.ts';

export interface MeasuredRequest {
  method: string;
  /** Its pattern, never its path: `/api/threads/:id`. */
  route: string;
  status: number;
  /** Until its answer, or the head of its stream. */
  ms: number;
}

export interface Metrics extends TurnWatch {
  /** For the Content-Type header. */
  readonly type: string;
  /** All of them as they are now, in Prometheus' text format. */
  text(): Promise<string>;
  answered(request: MeasuredRequest): void;
  /** A request ended with an error of ours. */
  refused(code: ErrorCode): void;
  /** Somebody follows an answer. @returns says that they don't any more; more than once does nothing */
  follow(): () => void;
  close(): void;
}
