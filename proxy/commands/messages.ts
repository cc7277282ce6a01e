import { parseArgs } from 'node:util';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { ContactMessageRow, Storage } from '../storage/types.ts';

const USAGE = `Usage: npm run messages -- [shop] [--all] [--json]
       npm run messages -- [shop] --handled <id>

Lists what shoppers wrote to the people of a shop, or of all shops, the newest first, a hundred of each: those that nobody has
dealt with yet, and how far their delivery is.
  --all           also those that are dealt with
  --handled <id>  notes that a message is dealt with
  --json          prints a line of JSON for each`;

const MOST = 100;

export interface MessagesCommandOptions {
  /** Slugs. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
  now?: () => number;
}

/** `shop-clerk messages`. @returns the exit code: 0 done, 1 there is no such message, 2 called wrongly */
export async function messagesCommand(
  args: readonly string[],
  { shops, dataDir, print, now = Date.now }: MessagesCommandOptions,
): Promise<number> {
  const called = argumentsOf(args);
  const wanted = called?.shop === undefined ? shops : shops.filter((slug) => slug === called.shop);
  if (!called || called.help || wanted.length === 0) {
    print(called && !called.help ? `There is no shop "${called.shop}"; there are ${shops.join(', ')}.` : USAGE);
    return called?.help ? 0 : 2;
  }
  const storage = openSqlite({ file: databaseIn(dataDir) });
  try {
    if (called.handled !== undefined) return await handle(storage, wanted, called.handled, now(), print);
    for (const shop of wanted) {
      const rows = await storage.contactMessages(shop, { limit: MOST, unhandledOnly: !called.all });
      for (const row of rows) print(called.json ? JSON.stringify(row) : linesOf(row).join('\n'));
      if (rows.length === 0 && !called.json) print(`${shop}: no ${called.all ? '' : 'new '}messages.`);
    }
  } finally {
    await storage.close();
  }
  return 0;
}

async function handle(
  storage: Storage,
  shops: readonly string[],
  id: string,
  now: number,
  print: (line: string) => void,
): Promise<number> {
  for (const shop of shops) {
    if (!(await storage.handleContactMessage(shop, id, now))) continue;
    print(`${shop}: ${id} is dealt with.`);
    return 0;
  }
  print(`There is no message ${JSON.stringify(id)} in ${shops.join(', ')}.`);
  return 1;
}

function linesOf(row: ContactMessageRow): string[] {
  const from = row.name === '' ? row.email : `${plain(row.name)} <${row.email}>`;
  return [
    `${timeOf(row.createdAt)}  ${row.shop}  ${row.id}  ${from}`,
    ...row.text.split('\n').map((line) => `  ${plain(line)}`),
    `  (${[deliveryOf(row), conversationOf(row), handledOf(row)].filter((part) => part !== '').join('; ')})`,
    '',
  ];
}

function deliveryOf({ delivery, tries, nextTryAt, error }: ContactMessageRow): string {
  const why = error === null ? '' : `: ${plain(error)}`;
  switch (delivery) {
    case 'kept':
      return 'only kept here';
    case 'delivered':
      return 'delivered';
    case 'failed':
      return `not delivered after ${tries} tries${why}`;
    case 'waiting':
      return tries === 0
        ? 'about to be delivered'
        : `tried ${tries === 1 ? 'once' : `${tries} times`}, again at ${timeOf(nextTryAt!)}${why}`;
  }
}

function conversationOf({ threadId }: ContactMessageRow): string {
  return threadId === null ? '' : `goes with conversation ${threadId}`;
}

function handledOf({ handledAt }: ContactMessageRow): string {
  return handledAt === null ? '' : `dealt with ${timeOf(handledAt)}`;
}

function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** A stranger wrote it: no control characters on a terminal. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

function argumentsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        handled: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (positionals.length > 1) return undefined;
    const { all = false, handled, json = false, help = false } = values;
    return { shop: positionals[0], all, handled, json, help };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}
