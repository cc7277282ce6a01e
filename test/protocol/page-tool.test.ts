import { describe, expect, test } from 'vitest';
import { pageToolProblem } from '../../proxy/protocol/page-tool-rules.ts';

const good = {
  name: 'size_chart',
  description: 'Sizes of the product on the page.',
  parameters: {
    type: 'object',
    properties: { unit: { type: 'string', description: 'Which', enum: ['cm', 'inch'] }, all: { type: 'boolean' } },
    required: ['unit'],
  },
};
const withParameter = (parameter: unknown, name = 'a') => ({
  ...good,
  parameters: { type: 'object', properties: { [name]: parameter } },
});

describe('a definition of a page’s function', () => {
  test('is good with parameters and without', () => {
    expect(pageToolProblem(good)).toBeNull();
    expect(pageToolProblem({ name: 'a', description: 'b' })).toBeNull();
  });

  test.each([
    [null, 'must be an object'],
    [[], 'must be an object'],
    [{ ...good, name: 'Size chart' }, 'name:'],
    [{ ...good, name: 'a'.repeat(41) }, 'name:'],
    [{ ...good, description: ' ' }, 'description:'],
    [{ ...good, description: 'x'.repeat(301) }, 'description:'],
    [{ ...good, strict: false }, 'strict: is not taken'],
    [{ ...good, parameters: { properties: {} } }, 'parameters: must be'],
    [{ ...good, parameters: { ...good.parameters, required: ['none'] } }, 'parameters.required:'],
    [{ ...good, parameters: { ...good.parameters, $defs: {} } }, '$defs: is not taken'],
    [withParameter({ type: 'object' }), 'parameters.a: type:'],
    [withParameter({ type: 'string', enum: [] }), 'parameters.a: enum:'],
    [withParameter({ type: 'number', enum: ['1'] }), 'parameters.a: enum:'],
    [withParameter({ type: 'string', description: 'x'.repeat(151) }), 'parameters.a: description:'],
    [withParameter({ type: 'string', pattern: '(a+)+$' }), 'parameters.a: pattern: is not taken'],
    [withParameter({ type: 'string' }, 'A b'), 'parameters.A b: must be named'],
    [
      JSON.parse('{"name":"a","description":"b","parameters":{"type":"object","properties":{"__proto__":{}}}}'),
      'named',
    ],
    [
      {
        ...good,
        parameters: {
          type: 'object',
          properties: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`p${at}`, { type: 'string' }])),
        },
      },
      'parameters: must be 8 at most',
    ],
  ])('%j says what is wrong with it', (tool, said) => {
    expect(pageToolProblem(tool)).toContain(said);
  });
});
