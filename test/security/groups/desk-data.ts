import type { SettingsPreview } from '../../../proxy/protocol/admin/index.ts';
import type { ChatResponse, SessionResponse, ShopSettings } from '../../../proxy/protocol/index.ts';
import type { DeskRoute } from '../../fixtures/desk-routes.ts';
import type { Clerk } from '../clerk.ts';
import type { Findings } from '../findings.ts';
import { ADMIN_TOKEN, logIn, operator, owner, pageHeaders, PASSWORD, type Login } from './desk-people.ts';

const HALF_HOUR_MS = 30 * 60_000;

/** What a shopper may write, for an owner to open in a browser and in a spreadsheet. */
const POISON = [
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  '=HYPERLINK("https://evil.example","Click")',
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '\t=1+1',
  ' \u200B=1+1',
  '\uFF1D1+1',
  'A list:\n=1+1',
  'a;=1+1',
  '"=1+1',
];

type Said = Pick<ChatResponse, 'thread_id' | 'message_id'>;

interface Given {
  dana: Login;
  lea: Login;
  /** All routes about the shop `books`, with these ids in their paths. */
  routes: (ids: Record<string, string>) => DeskRoute[];
}

/** What is there to be read: by the owner of another shop, by a browser, by a spreadsheet, by a preview that is over. */
export async function deskData(findings: Findings, clerk: Clerk, given: Given): Promise<void> {
  const ids = await poisoned(findings, clerk);
  await ownShopForeignIds(findings, clerk, given, ids);
  await versions(findings, clerk, given);
  await previews(findings, clerk, given);
}

/** @returns ids of the shop `pets`, by their prefix */
async function poisoned(findings: Findings, clerk: Clerk): Promise<Record<string, string>> {
  const token = await clerk.session('pets');
  let thread: string | null = null;
  let message = '';
  for (const text of POISON) {
    const json: object = { message: text, thread_id: thread, client_message_id: `poison-${POISON.indexOf(text)}` };
    const said: Said = (await clerk.call<Said>('POST', '/api/chat', { token, json })).body;
    thread = said.thread_id;
    message = said.message_id;
  }
  const url = `/conversations/${thread}/export?shop=pets`;
  const csv = await operator(clerk, 'GET', `${url}&format=csv`);
  for (const cell of cellsOf(csv.text)) {
    findings.attempt(`a cell of a table is a formula: ${JSON.stringify(cell)}`, isFormula(cell));
  }
  const paths = [url, `${url}&format=csv`, `/conversations/${thread}?shop=pets`, '/conversations?shop=pets&q=alert'];
  for (const path of paths) {
    const { headers, text } = await operator(clerk, 'GET', path);
    const type = headers['content-type'] ?? '';
    findings.attempt(`${path} is a page`, !/^(?:application\/json|text\/csv)/.test(type));
    findings.attempt(`${path} is what a browser makes of it`, headers['x-content-type-options'] !== 'nosniff');
    findings.attempt(`${path} may be framed`, headers['x-frame-options'] !== 'DENY');
    const isFile = headers['content-disposition']?.startsWith('attachment') ?? false;
    findings.attempt(`${path} opens in the browser`, path.includes('export') && !isFile);
    if (!text.includes('alert')) throw new Error('The poison is gone: nothing above means anything.');
  }
  const { headers } = await clerk.call('GET', '/admin/');
  const policy = String(headers['content-security-policy']);
  for (const wanted of ["script-src 'self'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"]) {
    findings.attempt(`the desk's page is without ${wanted}`, !policy.includes(wanted));
  }
  const added = await clerk.call<{ id: string }>('POST', '/api/admin/documents?shop=pets&name=a.md', {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'text/markdown' },
    body: '# Returns\n\nWithin 30 days.',
  });
  const { body } = await operator<{ turns: { turn_id: string }[] }>(clerk, 'GET', `/conversations/${thread}?shop=pets`);
  return { thr: thread!, msg: message, doc: added.body.id, trn: body.turns[0]!.turn_id };
}

/** The owner of `books`, in their own shop, with ids of `pets`. */
async function ownShopForeignIds(
  findings: Findings,
  clerk: Clerk,
  { lea, routes }: Given,
  ids: Record<string, string>,
): Promise<void> {
  const named = routes(ids).filter(({ url }) => Object.values(ids).some((id) => url.includes(id)));
  if (named.length < 5) throw new Error('No route takes an id any more: nothing below means anything.');
  for (const { name, method, url, sent } of named) {
    const headers = { ...sent?.headers, ...pageHeaders(clerk, lea) };
    const { status, text } = await clerk.call(method, url, { ...sent, headers });
    findings.attempt(`another shop's id: ${name} → ${status} ${text.slice(0, 80)}`, status !== 404);
  }
  const json = { message: 'Go on', against: 'live', thread_id: ids['thr'] };
  const asked = await clerk.call('POST', '/api/admin/playground?shop=books', {
    json,
    headers: pageHeaders(clerk, lea),
  });
  findings.attempt(`the playground goes on with another's conversation → ${asked.status}`, asked.status < 400);
  const boss = await logIn(clerk, { token: ADMIN_TOKEN });
  const { body } = await clerk.call<{ sessions: { session_id: string; role: string }[] }>(
    'GET',
    '/api/admin/sessions',
    {
      headers: pageHeaders(clerk, boss),
    },
  );
  for (const { session_id: id, role } of body.sessions.filter(({ role }) => role === 'operator')) {
    const { status } = await clerk.call('DELETE', `/api/admin/sessions/${id}`, { headers: pageHeaders(clerk, lea) });
    findings.attempt(`an owner ends a login of the ${role} → ${status}`, status !== 404);
  }
}

/** Versions are numbered by shop: what another one published can't be gone back to. */
async function versions(findings: Findings, clerk: Clerk, { lea }: Given): Promise<void> {
  for (let version = 0; version < 3; version++) {
    const changes = { greeting: { en: `The greeting of pets, ${version}` } };
    const kept = await operator<{ draft: { revision: number } }>(clerk, 'PUT', '/settings/draft?shop=pets', {
      changes,
    });
    const { revision } = kept.body.draft;
    await operator(clerk, 'POST', '/settings/publish?shop=pets', { revision, over: version });
  }
  const asLea = (method: string, path: string, json?: object) =>
    clerk.call(method, `/api/admin/settings${path}`, { ...(json && { json }), headers: pageHeaders(clerk, lea) });
  for (let version = 1; version <= 4; version++) {
    const back = await asLea('POST', '/undo?shop=books', { version, over: 0 });
    findings.attempt(`another shop's version ${version} was published → ${back.status}`, back.status < 400);
    const read = await asLea('GET', `/versions/${version}?shop=books`);
    findings.attempt(`another shop's version ${version} was read`, read.status < 400);
    const taken = await asLea('POST', '/publish?shop=books', { revision: version, over: 0 });
    findings.attempt(`another shop's draft was published → ${taken.status}`, taken.status < 400);
  }
  for (const origins of [['https://evil.example'], []]) {
    const { status } = await asLea('PUT', '/draft?shop=books', { changes: { origins } });
    findings.attempt(`an owner writes origins → ${status}`, status < 400);
  }
  const { text } = await clerk.call('GET', '/api/shops/books', { headers: { origin: 'https://books.example' } });
  findings.attempt("a shop says another one's words", text.includes('The greeting of pets'));
}

async function previews(findings: Findings, clerk: Clerk, { dana, lea }: Given): Promise<void> {
  const headers = pageHeaders(clerk, dana);
  const open = (token: string, shop = 'pets', origin = clerk.url) =>
    clerk.call<SessionResponse>('POST', '/api/session', { json: { shop, preview: token }, headers: { origin } });
  const path = '/api/admin/settings/preview?shop=pets';
  const pass = (await clerk.call<SettingsPreview>('POST', path, { headers })).body.token;
  const { token } = (await open(pass)).body;
  const reads = async (name: string, pass: string) => {
    const asked = [
      await open(pass),
      await clerk.call<ShopSettings>('GET', `/api/shops/pets?preview=${pass}`, { headers: { origin: clerk.url } }),
    ];
    for (const { status } of asked) findings.attempt(`${name}: a preview is shown → ${status}`, status < 400);
  };
  for (const [shop, origin] of [
    ['books', clerk.url],
    ['pets', 'https://pets.example'],
    ['pets', 'https://evil.example'],
  ] as const) {
    const { status } = await open(pass, shop, origin);
    findings.attempt(`a preview of pets in ${shop} on ${origin} → ${status}`, status < 400);
  }
  for (const [name, good] of Object.entries({ pass, token })) {
    const asked = await clerk.call('GET', '/api/admin/shops', { token: good });
    findings.attempt(`the preview's ${name} opens the desk → ${asked.status}`, asked.status < 400);
  }
  const asShopper = await clerk.call('GET', '/api/threads', { token: pass });
  findings.attempt(`a preview is a shopper → ${asShopper.status}`, asShopper.status < 400);
  const elsewhere = await clerk.call('GET', '/api/threads', { token, headers: { origin: 'https://pets.example' } });
  findings.attempt(`a previewer is a shopper → ${elsewhere.status}`, elsewhere.status < 400);
  const others = await clerk.call('POST', path, { headers: pageHeaders(clerk, lea) });
  findings.attempt(`another owner gets a preview → ${others.status}`, others.status < 400);

  const out = await owner(clerk, 'previews@pets.example', ['pets']);
  const late = (await clerk.call<SettingsPreview>('POST', path, { headers: pageHeaders(clerk, out) })).body.token;
  const seen = (await open(late)).body.token;
  await clerk.call('DELETE', '/api/admin/session', { headers: pageHeaders(clerk, out) });
  await reads('after the logout', late);
  const goesOn = await clerk.call('GET', '/api/threads', { token: seen });
  findings.attempt(`a preview outlives its login → ${goesOn.status}`, goesOn.status < 400);
  await logIn(clerk, { email: 'previews@pets.example', password: PASSWORD });
  await reads('after another login', late);
  await clerk.setClockAhead(HALF_HOUR_MS + 1_000);
  await reads('half an hour later', pass);
  await clerk.setClockAhead(0);
}

function cellsOf(csv: string): string[] {
  const cells = csv.replace('\uFEFF', '').matchAll(/(?<=^|[,\n])(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|\r|$)/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** As spreadsheets read it, those too that part cells at semicolons and lines. */
function isFormula(cell: string): boolean {
  return cell
    .split(/[;\n]/)
    .some((part) => /^[\s\p{Cc}\p{Cf}]*[=+@\uFF1D]|^[\s\p{Cc}\p{Cf}]*-\S/u.test(part) && Number.isNaN(Number(part)));
}
