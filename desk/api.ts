import type { ErrorBody } from '../proxy/protocol/index.ts';

/** What the proxy refused or nobody answered; `message` is for the one at the desk. */
export class DeskError extends Error {
  readonly code: string;
  /** 0 where nobody answered. */
  readonly status: number;
  /** Milliseconds, where the proxy said so. */
  readonly retryAfter: number | undefined;
  /** The whole answer, where it was JSON: some say more than the error. */
  readonly body: unknown;

  constructor(
    message: string,
    { code, status, retryAfter, body }: { code: string; status: number; retryAfter?: number; body?: unknown },
  ) {
    super(message);
    this.name = 'DeskError';
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

export type Query = Record<string, string | number | null | undefined>;

export interface AskOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Query;
  /** Sent as JSON; a `Blob` as it is. */
  body?: unknown;
  signal?: AbortSignal;
}

/** How long an answer may take: every view answers within a second, and an upload has its own way. */
const LIMIT_MS = 30_000;

export interface ApiOptions {
  /** The login has ended meanwhile. */
  onLoggedOut: () => void;
  /** Another than that of this token has taken its place, as one of another tab. @returns whether it is the same person's, and `csrf` is its token */
  onOtherLogin: (csrf: string | null) => Promise<boolean>;
}

/** The desk's way to `/api/admin/*`: with the cookie, and for changes with the login's token. */
export class Api {
  /** Of the login; null before it. */
  csrf: string | null = null;
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /**
   * The answer's JSON; undefined of an empty answer.
   * @param path below `/api/admin`
   * @throws DeskError, or the signal's reason
   */
  async ask<T>(path: string, { signal, ...options }: AskOptions = {}): Promise<T> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    const response = await this.send(path, { ...options, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    if (response.status === 204) return undefined as T;
    const text = await response.text();
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new DeskError(
        'Something between this page and the proxy has answered in its place: a web server, or a network that wants a login of its own.',
        { code: 'no_answer', status: response.status },
      );
    }
  }

  /** The answer itself, once its head is there and it is a good one: for streams and files. */
  async send(path: string, options: AskOptions = {}): Promise<Response> {
    const { csrf } = this;
    const response = await this.#request(path, options);
    if (response.ok) return response;
    const error = await errorOf(response);
    if (!(await this.mayRepeat(error, csrf))) throw error;
    const again = await this.#request(path, options);
    if (again.ok) return again;
    throw await errorOf(again);
  }

  /**
   * Takes note of a refusal.
   * @param csrf that it was sent with; null before a login
   * @returns whether the same may be asked once more
   * @throws DeskError in place of one that tells programs how to log in
   */
  async mayRepeat({ status, code }: DeskError, csrf: string | null): Promise<boolean> {
    if (status === 401 && csrf !== null) {
      if (this.csrf !== null) this.#options.onLoggedOut();
      throw new DeskError('Your login had ended. Try again.', { code, status });
    }
    if (code !== 'origin_not_allowed' || this.csrf === null) return false;
    // It may have been noticed by another request already.
    return this.csrf !== csrf || this.#options.onOtherLogin(csrf);
  }

  async #request(path: string, { method = 'GET', query, body, signal }: AskOptions): Promise<Response> {
    const isFile = body instanceof Blob;
    const headers: Record<string, string> = {};
    if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json';
    if (isFile && body.type) headers['Content-Type'] = body.type;
    if (method !== 'GET' && this.csrf !== null) headers['X-CSRF-Token'] = this.csrf;
    try {
      return await fetch(this.url(path, query), {
        method,
        headers,
        ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      if (signal?.aborted && (signal.reason as Error | undefined)?.name !== 'TimeoutError') throw cause;
      throw new DeskError('The proxy did not answer. Look at your connection, then try again.', {
        code: 'no_answer',
        status: 0,
      });
    }
  }

  /** For links, as to a file. */
  url(path: string, query: Query = {}): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
    }
    return `/api/admin${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
  }
}

async function errorOf(response: Response): Promise<DeskError> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  return refusal(status, text);
}

/** @param text of the answer: our own JSON, or a gateway's page */
export function refusal(status: number, text: string): DeskError {
  let body: (Partial<ErrorBody> & object) | undefined;
  try {
    body = JSON.parse(text) as Partial<ErrorBody>;
  } catch {
    // Whoever stands before the proxy has answered; its status says enough.
  }
  const said = body?.error;
  const message = said?.message ?? `The proxy answered with status ${status}. Try again in a moment.`;
  return new DeskError(message, {
    code: said?.code ?? 'internal',
    status,
    body,
    ...(said?.retry_after_ms !== undefined && { retryAfter: said.retry_after_ms }),
  });
}

/** What to tell of a failure. */
export function wordsOf(error: unknown): string {
  if (error instanceof DeskError) return error.message;
  // Ours to mend: whoever looks into it finds here what it was.
  console.error(error);
  return 'Something in this page went wrong. Reload it; if it happens again, tell whoever runs the proxy.';
}
