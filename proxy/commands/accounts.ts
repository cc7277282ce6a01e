import { parseArgs } from 'node:util';
import { createDesk } from '../admin/index.ts';
import type { Accounts, DeskAccount, Invitation } from '../admin/types.ts';
import { ChatError } from '../errors.ts';
import { createId, databaseIn, openSqlite } from '../storage/index.ts';

const USAGE = `Usage: npm run accounts -- list [--json]
       npm run accounts -- add <e-mail> --shop <slug> [--shop <slug>]
       npm run accounts -- reset <e-mail>
       npm run accounts -- remove <e-mail>

Who may open the desk for which shops. add and reset print a link, once, by which its owner sets a password within three
days: hand it on where nobody else reads along. reset takes the password away and ends all logins; remove ends the account.
  --json   prints a line of JSON for each account`;

const WHO = 'command line';

export interface AccountsCommandOptions {
  /** Slugs. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
  now?: () => number;
}

/** `shop-clerk accounts`. @returns the exit code: 0 done, 1 it could not be done, 2 called wrongly */
export async function accountsCommand(
  args: readonly string[],
  { shops, dataDir, print, now = Date.now }: AccountsCommandOptions,
): Promise<number> {
  const called = argumentsOf(args);
  const unknown = called?.shops.find((slug) => !shops.includes(slug));
  if (!called || called.help || unknown !== undefined) {
    print(unknown === undefined ? USAGE : `There is no shop "${unknown}"; there are ${shops.join(', ')}.`);
    return called?.help ? 0 : 2;
  }
  const storage = openSqlite({ file: databaseIn(dataDir) });
  try {
    const { accounts } = createDesk({ storage, adminToken: null, createId, now });
    return await run(accounts, called, print);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    print(error.message);
    return 1;
  } finally {
    await storage.close();
  }
}

async function run(accounts: Accounts, called: Called, print: (line: string) => void): Promise<number> {
  const all = await accounts.list();
  if (called.verb === 'list') {
    for (const account of all) print(called.json ? JSON.stringify(account) : lineOf(account));
    if (all.length === 0 && !called.json) print('No accounts.');
    return 0;
  }
  if (called.verb === 'add') {
    printLink(await accounts.add(WHO, { email: called.email, shops: called.shops }), print);
    return 0;
  }
  const account = all.find(({ email }) => email === called.email.trim().toLowerCase());
  if (!account) {
    print(`There is no account of ${JSON.stringify(called.email)}.`);
    return 1;
  }
  if (called.verb === 'reset') {
    const invitation = await accounts.reset(WHO, account.id);
    if (invitation) printLink(invitation, print);
    return invitation ? 0 : 1;
  }
  await accounts.remove(WHO, account.id);
  print(`${account.email} is removed, and logged out everywhere.`);
  return 0;
}

function printLink({ account, secret, expiresAt }: Invitation, print: (line: string) => void): void {
  print(`${account.email} (${account.shops.join(', ')}) sets a password here, once, until ${timeOf(expiresAt)} UTC:`);
  print(`  <where your proxy is>/admin/#/invitation/${secret}`);
}

function lineOf({ email, shops, status, lastLoginAt }: DeskAccount): string {
  const login = lastLoginAt === null ? 'never logged in' : `last login ${timeOf(lastLoginAt)}`;
  return `${email}  ${shops.join(',')}  ${status}  ${login}`;
}

function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

interface Called {
  verb: 'list' | 'add' | 'reset' | 'remove';
  email: string;
  shops: string[];
  json: boolean;
  help: boolean;
}

function argumentsOf(args: readonly string[]): Called | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        shop: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const { shop: shops = [], json = false, help = false } = values;
    const [verb = 'list', email = '', ...more] = positionals;
    const called = { verb: verb as Called['verb'], email, shops, json, help };
    if (help) return called;
    if (more.length > 0 || !['list', 'add', 'reset', 'remove'].includes(verb)) return undefined;
    if ((verb === 'list') !== (email === '') || (verb === 'add') !== shops.length > 0) return undefined;
    return called;
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}
