import { expect, test, vi } from 'vitest';
import type { ChatResponse, ContactResponse, Thread } from '../../../proxy/protocol/index.ts';
import { answer, toolCall } from '../../fakes/fake-openai.ts';
import { message, serveProxy } from './served.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const open = { now: true, until: '2026-11-23T17:00:00.000Z' };
const pets = {
  contact: { form: true, email: 'help@pets.example' },
  hours: { timeZone: 'UTC', days: { mon: [{ from: 540, to: 1020 }] }, closed: [] },
  tools: ['hand_off', 'get_store_info'],
};

test('a shopper who asks for a person finds the form in the conversation, and whether somebody is there', async () => {
  const served = await serveProxy([toolCall('hand_off', {}), answer('They are glad to help.')], {
    pets,
    now: () => NOON,
  });
  const info = vi.spyOn(served.deps.log, 'info');
  const { token } = await served.session();
  const { body } = await served.api<ChatResponse>('POST', '/api/chat', { token, json: message('A human, please') });
  expect(body).toMatchObject({ message: 'They are glad to help.', finish: 'stop' });
  expect(body.notices).toEqual([{ code: 'contact', contact: { ...pets.contact, open } }]);
  const told = JSON.stringify(served.openai.requests[1]!.body.input.at(-1));
  expect(told).toContain('somebody_is_there_now');
  expect(info).toHaveBeenCalledWith(
    expect.objectContaining({ shop: 'pets' }),
    expect.stringContaining('people of the shop'),
  );
  const thread = await served.api<Thread>('GET', `/api/threads/${body.thread_id}`, { token });
  expect(thread.body.messages[1]!.parts[0]).toEqual({
    type: 'notice',
    code: 'contact',
    contact: { ...pets.contact, open },
  });
});

test('a shop without a contact has nobody to hand over to, and the model isn’t told that it could', async () => {
  const served = await serveProxy([answer('Hi')], { pets: { ...pets, contact: null } });
  const { token } = await served.session();
  await served.api('POST', '/api/chat', { token, json: message('A human, please') });
  expect(served.openai.requests[0]!.body.tools!.map(({ name }) => name)).toEqual(['get_store_info']);
});

test('the model knows the hours as a table', async () => {
  const served = await serveProxy([toolCall('get_store_info', {}), answer('Mondays.')], { pets, now: () => NOON });
  const { token } = await served.session();
  await served.api('POST', '/api/chat', { token, json: message('When are you open?') });
  const told = JSON.stringify(served.openai.requests[1]!.body.input.at(-1));
  expect(told).toMatch(/opening_hours.*time_zone.*UTC.*sun.*closed.*mon.*09:00-17:00/);
});

test('who has written hears whether somebody is there to read it', async () => {
  const served = await serveProxy([], { pets, now: () => NOON });
  const { token } = await served.session();
  const json = { client_message_id: 'contact-message-1', email: 'dana@home.example', message: 'Hi' };
  const { body } = await served.api<ContactResponse>('POST', '/api/contact', { token, json });
  expect(body.open).toEqual(open);
});
