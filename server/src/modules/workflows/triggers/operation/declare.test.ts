import { expect, test } from 'vitest';
import { z } from 'zod';
import { declaredOperation } from './declare.ts';

test('words of a tenant’s schema that mean something to us mislead nobody, however deep they stand; fields of the same names stay', () => {
  const deep = { $id: 'https://evil.example/', secret: true, default: 'x', type: 'string', examples: [{ id: 1 }] };
  const inputSchema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer', id: 'a' },
      secret: deep,
      list: { type: 'array', items: { anyOf: [deep, { properties: { default: deep } }] } },
    },
  };
  const published = { slug: 'orders', name: 'Orders', version: 1, description: '', config: { mode: 'operation', inputSchema } };
  const { input } = declaredOperation(published as never);
  const shown = { type: 'string', examples: [{ id: 1 }] };
  expect((z.toJSONSchema(input).properties as Record<string, object>)['inputs']).toMatchObject({ required: ['id'] });
  expect((z.toJSONSchema(input) as unknown as { properties: { inputs: { properties: object } } }).properties.inputs.properties).toEqual({
    id: { type: 'integer' },
    secret: shown,
    list: { type: 'array', items: { anyOf: [shown, { properties: { default: shown } }] } },
  });
});
