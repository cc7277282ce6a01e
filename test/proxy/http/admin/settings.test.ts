import { describe, expect, test } from 'vitest';
import type {
  SettingsConflict,
  SettingsDraftAnswer,
  SettingsRefused,
  SettingsState,
  SettingsVersion,
  SettingsVersions,
  SettingsVersionWhole,
} from '../../../../proxy/protocol/admin/index.ts';
import type { ShopSettings } from '../../../../proxy/protocol/index.ts';
import { serveDesk } from './desk.ts';

type Desk = Awaited<ReturnType<typeof serveDesk>>;
type Call = Desk['operator'];

const keep = (call: Call, changes: object) =>
  call<SettingsDraftAnswer & SettingsRefused>('PUT', '/settings/draft?shop=pets', { json: { changes } });
const publish = (call: Call, revision: number, over: number, note = '') =>
  call<SettingsVersion & SettingsConflict>('POST', '/settings/publish?shop=pets', { json: { revision, over, note } });
const undo = (call: Call, version: number, over: number) =>
  call<SettingsVersion & SettingsConflict>('POST', '/settings/undo?shop=pets', { json: { version, over } });
const look = async (call: Call) => (await call<SettingsState>('GET', '/settings?shop=pets')).body;
const shown = async ({ api }: Desk) => (await api<ShopSettings>('GET', '/api/shops/pets')).body;

describe('publishing', () => {
  test('is served at once, is a version with who and what, and an older one comes back as a new one', async () => {
    const desk = await serveDesk();
    const { call, email } = await desk.owner();
    const kept = await keep(call, { greeting: { en: 'Hi!' }, 'theme.accent': '#0f766e' });
    expect(kept.body.draft).toMatchObject({ revision: 1, based_on: 0, by: email });
    expect((await shown(desk)).greeting).toEqual({ en: 'Hello' });

    const first = await publish(call, 1, 0, 'Friendlier');
    expect(first.body).toMatchObject({ version: 1, by: email, note: 'Friendlier', undo_of: null });
    expect(first.body.diff).toEqual([
      { field: 'greeting', after: { en: 'Hi!' } },
      { field: 'theme.accent', after: '#0f766e' },
    ]);
    expect(await shown(desk)).toMatchObject({ greeting: { en: 'Hi!' }, accent: '#0f766e' });
    expect((await look(call)).draft).toBeNull();

    const back = await undo(call, 0, 1);
    expect(back.body).toMatchObject({ version: 2, undo_of: 0 });
    expect((await shown(desk)).greeting).toEqual({ en: 'Hello' });

    const { body } = await call<SettingsVersions>('GET', '/settings/versions?shop=pets&limit=1');
    expect(body).toMatchObject({ versions: [{ version: 2, diff: [{}, {}] }], next_cursor: '2' });
    const { body: old } = await call<SettingsVersionWhole>('GET', '/settings/versions/1?shop=pets');
    expect(old.against_now).toEqual(first.body.diff);
    const audit = await call<{ entries: { action: string; after: unknown }[] }>('GET', '/audit?shop=pets');
    expect(audit.body.entries.map(({ action }) => action).slice(0, 2)).toEqual([
      'settings.undone',
      'settings.published',
    ]);
    expect(audit.body.entries[1]!.after).toEqual({ greeting: { en: 'Hi!' }, 'theme.accent': '#0f766e' });
  });

  test('outlives the process that did it', async () => {
    const desk = await serveDesk();
    await keep(desk.operator, { prompt: 'Be brief.' });
    await publish(desk.operator, 1, 0);
    const published = await desk.deps.storage.allPublished();
    expect(published.get('pets')).toMatchObject({ version: 1, changes: { prompt: 'Be brief.' } });
  });

  test('is refused where somebody has published or written on meanwhile', async () => {
    const desk = await serveDesk();
    await keep(desk.operator, { tone: 'warm' });
    await keep(desk.operator, { tone: 'dry' });
    const old = await publish(desk.operator, 1, 0);
    expect(old).toMatchObject({ status: 409, body: { revision: 2, version: 0 } });
    expect((await publish(desk.operator, 2, 0)).status).toBe(200);
    await keep(desk.operator, { tone: 'warm' });
    expect(await publish(desk.operator, 3, 0)).toMatchObject({ status: 409, body: { version: 1 } });
    expect(await undo(desk.operator, 0, 0)).toMatchObject({ status: 409 });
    expect(desk.deps.shops.bySlug('pets')?.tone).toBe('dry');
  });

  test('says what the file says, what the desk says, and that the file has changed since', async () => {
    const desk = await serveDesk();
    await keep(desk.operator, { greeting: { en: 'Hi!' } });
    await publish(desk.operator, 1, 0);
    await keep(desk.operator, { greeting: { en: 'Good day' } });
    const field = (await look(desk.operator)).fields.find(({ field }) => field === 'greeting');
    expect(field).toEqual({
      field: 'greeting',
      value: { en: 'Hi!' },
      file: { en: 'Hello' },
      desk: { en: 'Hi!' },
      draft: { en: 'Good day' },
      file_changed: false,
      editable: true,
    });
    // As a file says that was another one when it was published.
    await desk.deps.storage.publishSettings(
      'pets',
      {
        at: 1,
        who: 'x',
        note: '',
        undoOf: null,
        changes: { greeting: { en: 'Hi!' } },
        file: { greeting: { en: 'Yo' } },
      },
      { over: 1 },
    );
    const changed = (await look(desk.operator)).fields.find(({ field }) => field === 'greeting');
    expect(changed).toMatchObject({ value: { en: 'Hi!' }, file_changed: true });
  });
});

describe('a draft', () => {
  test('with something wrong in it is not kept, and each problem has its field', async () => {
    const { operator } = await serveDesk();
    const { status, body } = await keep(operator, { 'theme.accent': 'red', greeting: { en: 'x'.repeat(501) } });
    expect(status).toBe(422);
    expect(body.problems.map(({ field }) => field)).toEqual(['greeting.en', 'theme.accent']);
    expect((await look(operator)).draft).toBeNull();
  });

  test('warns of colours that can’t be read', async () => {
    const { operator } = await serveDesk();
    const { body } = await keep(operator, { 'theme.surface': '#ffffff', 'theme.text': '#eeeeee' });
    expect(body.warnings).toEqual([expect.stringContaining('theme.text: #eeeeee on #ffffff has a contrast of')]);
  });

  test('of an owner changes no origin, and keeps what the operator published', async () => {
    const desk = await serveDesk();
    const { call } = await desk.owner();
    const refused = await keep(call, { origins: ['https://evil.example'] });
    expect(refused.body.problems).toEqual([{ field: 'origins', message: 'is for the operator to change' }]);
    await keep(desk.operator, { origins: ['https://pets.example', 'https://new.example'] });
    await publish(desk.operator, 1, 0);
    await keep(call, { tone: 'warm' });
    expect((await publish(call, 2, 1)).status).toBe(200);
    expect(desk.deps.shops.bySlug('pets')).toMatchObject({
      tone: 'warm',
      origins: ['https://pets.example', 'https://new.example'],
    });
    // Nor by going back to before they were there.
    expect((await undo(call, 0, 2)).status).toBe(200);
    expect(desk.deps.shops.bySlug('pets')?.origins).toContain('https://new.example');
  });

  test('that an operator wrote with other origins can’t be published by an owner', async () => {
    const desk = await serveDesk();
    const { call } = await desk.owner();
    await keep(desk.operator, { origins: ['https://new.example'] });
    expect((await publish(call, 1, 0)).status).toBe(422);
    expect(desk.deps.shops.bySlug('pets')?.origins).toEqual(['https://pets.example']);
  });

  test('of another’s shop is not there', async () => {
    const desk = await serveDesk();
    const { call } = await desk.owner(['books'], 'lea@books.example');
    for (const [method, path] of [
      ['GET', '/settings'],
      ['DELETE', '/settings/draft'],
      ['POST', '/settings/preview'],
      ['GET', '/settings/versions'],
      ['GET', '/catalogue'],
      ['GET', '/install'],
    ] as const) {
      expect((await call(method, `${path}?shop=pets`)).status, path).toBe(404);
    }
    expect((await keep(call, { tone: 'rude' })).status).toBe(404);
  });

  test('with characters that hide or turn what is read around them is not kept', async () => {
    const { operator } = await serveDesk();
    const names = ['\u202emoc.live', 'Pets\u0000', 'Pets\u001b[2J', 'Pets\u009b2J', '\ud800'];
    const nested = JSON.parse('[{"strings":{"__proto__":{"send":"x"}}},{"greeting":{"__proto__":"x"}}]') as object[];
    for (const changes of [...names.map((name) => ({ name })), { prompt: 'a\u202eb' }, ...nested]) {
      const answer = await keep(operator, changes);
      const [field] = Object.keys(changes);
      expect({ changes, status: answer.status }).toEqual({ changes, status: 422 });
      expect(answer.body.problems).toContainEqual({ field, message: expect.stringContaining('nobody sees') });
    }
    expect((await keep(operator, { name: 'חיות \u200f👩‍🚀', prompt: 'One\n\ttwo' })).status).toBe(200);
  });

  test('that is too long in all is refused before it is looked at', async () => {
    const { operator } = await serveDesk();
    const fields = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`field${index}`, 1]));
    expect((await keep(operator, fields)).status).toBe(400);
    const long = await keep(operator, { strings: { en: { hello: 'x'.repeat(130_000) } } });
    expect(long.body.problems).toEqual([{ field: '', message: 'are longer than 128 kB in all' }]);
  });
});
