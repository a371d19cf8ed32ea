import { expect, test } from 'vitest';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import '#kernel/problems.ts';
import type { Registry } from '#kernel/registry.ts';
import { createHearing, createReachOf } from './hearing.ts';

const read = (name: string, permission: string, access?: 'self') => ({ name, permission, risk: 'read', access }) as unknown as AnyOperation;
const all = [
  read('audit.list', 'audit:read'),
  read('access.explain', 'grants:read'),
  read('auth.sessions.list', 'auth:login', 'self'),
  read('lamps.list', 'lamps:read'),
];
const registry: Pick<Registry, 'operations'> = { operations: new Map(all.map((operation) => [operation.name, operation])) };

/** Types that somebody hears of, by what they may do. */
async function heard(held: string, types: readonly string[]): Promise<[string[], string[]]> {
  const permit = ((_db: unknown, _actor: unknown, { permission }: AnyOperation) =>
    permission === held
      ? Promise.resolve([{ grantId: 'g', scope: { all: true } }])
      : Promise.reject(new Problem('permission-denied', permission))) as never;
  const polled = await createHearing(registry, { permit })({} as never, {} as never);
  const reachOf = createReachOf(registry, { permit });
  const listened: string[] = [];
  for (const type of types) if ((await reachOf({} as never, {} as never, type)).length > 0) listened.push(type);
  return [types.filter((type) => polled(type).length > 0), listened];
}

test('of refusals and sign-ins those hear who read the audit trail, however one listens; of a thing those who read it', async () => {
  const types = ['access.denied', 'auth.login', 'auth.failed', 'auth.logout', 'lamp.lit'];
  expect(await heard('audit:read', types)).toEqual([types.slice(0, 4), types.slice(0, 4)]);
  expect(await heard('grants:read', types)).toEqual([[], []]);
  expect(await heard('lamps:read', types)).toEqual([['lamp.lit'], ['lamp.lit']]);
});
