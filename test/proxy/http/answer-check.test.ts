import { Hono } from 'hono';
import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { checkAnswers } from '../../../proxy/http/openapi/answer-check.ts';
import { exactly } from '../../../proxy/http/openapi/exactly.ts';
import { createRoutes, deskRoute, json, pathsOf } from '../../../proxy/http/admin/routes.ts';
import type { HttpEnv } from '../../../proxy/http/env.ts';

interface Bed {
  title: string;
  size?: { name: string; cm?: number };
}
const size = z.object({ name: z.string(), cm: z.number().exactOptional() });
const bed = exactly<Bed>()(z.object({ title: z.string(), size: size.exactOptional() }));

/** What a route that describes a bed answers when it says this. */
async function answered(body: unknown, status: 200 | 201 | 404 = 200) {
  const described = createRoutes();
  const route = deskRoute({ method: 'get', path: '/beds/{id}', responses: { 200: json(bed, 'A bed.') } });
  described.openAPIRegistry.registerPath(route);
  const logged: object[] = [];
  const log = { info() {}, warn() {}, debug() {}, error: (fields: object) => void logged.push(fields) };
  const app = new Hono<HttpEnv>()
    .use(checkAnswers({ paths: pathsOf(described.openAPIRegistry), log }))
    .get('/beds/:id', (c) => c.json(body as object, status));
  const response = await app.request('/beds/7');
  return { status: response.status, body: (await response.json()) as object, logged };
}

test('an answer that is as described passes as it is', async () => {
  const whole = { title: 'Bed', size: { name: 'L', cm: 90 } };
  expect(await answered(whole)).toEqual({ status: 200, body: whole, logged: [] });
  expect(await answered({ title: 'Bed' })).toMatchObject({ status: 200, logged: [] });
});

test.each<[string, unknown, 200 | 201 | 404, RegExp]>([
  ['a field that no schema names', { title: 'Bed', margin: 40 }, 200, /holds more/],
  ['such a field further in', { title: 'Bed', size: { name: 'L', inches: 35 } }, 200, /holds more/],
  ['a field too few', { size: { name: 'L' } }, 200, /title/],
  ['another type', { title: 7 }, 200, /title/],
  ['a status that is not described', { title: 'Bed' }, 201, /status 201 is not described/],
])('%s is an error, in the log too', async (_, body, status, why) => {
  const found = await answered(body, status);
  expect(found).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
  expect((found.logged[0] as { err: Error }).err.message).toMatch(why);
});

test('a schema without a field that the wire has, or with one that it hasn’t, doesn’t compile', () => {
  const schemas = [
    // @ts-expect-error -- `size` is missing, which may be left out
    exactly<Bed>()(z.object({ title: z.string() })),
    // @ts-expect-error -- so is `cm`, further in
    exactly<Bed>()(z.object({ title: z.string(), size: z.object({ name: z.string() }).exactOptional() })),
    // @ts-expect-error -- no bed has a margin
    exactly<Bed>()(z.object({ title: z.string(), size: size.exactOptional(), margin: z.number().exactOptional() })),
    // @ts-expect-error -- a list's
    exactly<Bed[]>()(z.array(z.object({ title: z.string() }))),
    // @ts-expect-error -- one of several
    exactly<Bed | { none: true; why?: string }>()(z.union([bed, z.object({ none: z.literal(true) })])),
    // A request may leave out what the schema puts there.
    exactly<{ full?: boolean }>()(z.object({ full: z.boolean().default(false) })),
  ];
  expect(schemas).toHaveLength(6);
});
