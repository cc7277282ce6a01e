/** A session with a driver of the W3C's WebDriver: https://www.w3.org/TR/webdriver2/. Only the commands that tests need. */

/** A command that takes longer never comes back. */
const COMMAND_LIMIT_MS = 60_000;
const START_LIMIT_MS = 15_000;

/** Names as in `KeyboardEvent.key`, which WebDriver has in Unicode's private area. */
const KEYS: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

export type PointerAct =
  | { type: 'pointerMove'; x: number; y: number; duration: 0 }
  | { type: 'pointerDown' | 'pointerUp'; button: 0 };

export class WebDriver {
  readonly #base: string;

  private constructor(base: string) {
    this.#base = base;
  }

  /** `driver`: `http://127.0.0.1:4444`, which may still be starting. */
  static async connect(driver: string): Promise<WebDriver> {
    const end = Date.now() + START_LIMIT_MS;
    while (!(await listens(driver))) {
      if (Date.now() > end) throw new Error(`No WebDriver answered at ${driver}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const session = await command<{ sessionId: string }>('POST', `${driver}/session`, { capabilities: {} });
    return new WebDriver(`${driver}/session/${session.sessionId}`);
  }

  /** Until it has loaded: a script that is run before would end with the page of before. */
  goto(url: string): Promise<void> {
    return this.#post('/url', { url });
  }

  url(): Promise<string> {
    return command('GET', `${this.#base}/url`);
  }

  /** What `script`, the body of a function with these `arguments`, returns; a promise is waited for. */
  evaluate<T>(script: string, args: readonly string[] = []): Promise<T> {
    return this.#post('/execute/sync', { script, args });
  }

  resize(width: number, height: number): Promise<void> {
    return this.#post('/window/rect', { width, height });
  }

  /** A key's name, or the character it writes. Throws for a name it doesn't know. */
  keys(acts: readonly { type: 'keyDown' | 'keyUp'; key: string }[]): Promise<void> {
    const actions = acts.map(({ type, key }) => ({ type, value: keyValue(key) }));
    return this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  pointer(actions: readonly PointerAct[]): Promise<void> {
    return this.#post('/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  end(): Promise<void> {
    return command('DELETE', this.#base);
  }

  #post<T>(path: string, body: object): Promise<T> {
    return command('POST', this.#base + path, body);
  }
}

function keyValue(key: string): string {
  const value = [...key].length === 1 ? key : KEYS[key];
  if (value === undefined) throw new Error(`No key is called ${key} here.`);
  return value;
}

async function listens(driver: string): Promise<boolean> {
  try {
    await command('GET', `${driver}/status`);
    return true;
  } catch {
    // It will: whoever waits has a limit.
    return false;
  }
}

async function command<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value as T;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver: ${error}: ${message}`);
}
