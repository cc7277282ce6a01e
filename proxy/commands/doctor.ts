import { parseArgs } from 'node:util';
import { examine, type Finding } from '../doctor/index.ts';
import { certificateOf, createGuard, createOutbound } from '../outbound/index.ts';

const USAGE = `Usage: npm run doctor -- <address of a page of the shop> [--proxy <address>] [--shop <slug>] [--private] [--json]

Opens the page as a browser would and looks at the tag, what the page's policies forbid, the proxy that the tag names, and
the way there: streams, TLS, clocks. Says of each what is wrong and how to mend it.
  --proxy, --shop  where a tag manager puts the tag in, so that the HTML doesn't say
  --private        the page or the proxy may be on this machine or in the private network
  --json           prints a line of JSON for each finding`;

export interface DoctorCommandOptions {
  version: string;
  signal: AbortSignal;
  print: (line: string) => void;
  now?: () => number;
}

const MARKS = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' } as const;

/** `shop-clerk doctor`. @returns the exit code: 0 nothing failed, 1 something did, 2 called wrongly */
export async function doctorCommand(args: readonly string[], options: DoctorCommandOptions): Promise<number> {
  const { version, signal, print, now = Date.now } = options;
  const called = argumentsOf(args);
  if (!called || called.help) {
    print(USAGE);
    return called ? 0 : 2;
  }
  const network = { allowPrivate: called.private };
  const guard = createGuard(network);
  const findings = await examine({
    ...called,
    outbound: createOutbound({ ...network, version }),
    certificateOf: (url, signal) => certificateOf(url, signal, guard),
    signal,
    now,
  });
  for (const finding of findings) {
    if (called.json) print(JSON.stringify(finding));
    else for (const line of linesOf(finding)) print(line);
  }
  return findings.some(({ status }) => status === 'fail') ? 1 : 0;
}

function* linesOf({ check, status, says, fix }: Finding): Generator<string> {
  yield `${MARKS[status]}  ${check.padEnd(14)} ${says}`;
  if (fix !== undefined) yield `${' '.repeat(21)}→ ${fix}`;
}

function argumentsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        proxy: { type: 'string' },
        shop: { type: 'string' },
        private: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const { proxy, shop, json = false, help = false } = values;
    const [said = '', ...more] = positionals;
    if (!help && (more.length > 0 || said === '')) return undefined;
    // As people write it: shop.example
    const url = /^[a-z]+:\/\//i.test(said) ? said : `https://${said}`;
    return { url, proxy, shop, private: values.private ?? false, json, help };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}
