import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { approvalsList } from '#modules/governance/index.ts';
import { inputReader } from './input.ts';

const [pending, mine] = approvalsList.aliases!;
const asked = (query: object): FastifyRequest => ({ query, params: {}, body: undefined }) as never;

test('what a path says by itself is part of the input, and is said nowhere else', () => {
  expect(inputReader(approvalsList, pending!)(asked({ limit: '5' }))).toEqual({ status: ['open'], limit: 5 });
  expect(inputReader(approvalsList, mine!)(asked({ status: 'approved' }))).toEqual({ mine: 'requested', status: ['approved'] });
  expect(() => inputReader(approvalsList, pending!)(asked({ status: 'approved' }))).toThrow('taken from the path');
});
