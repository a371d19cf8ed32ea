import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowanceOf, quotasFor, ROLE_DEFAULTS, type Caller, type Override } from './quotas.ts';

const person: Caller = { personId: 'p', credentialId: 'c', kind: 'key', isServiceAccount: false, roles: ['viewer'], ip: null };
const override = (over: Partial<Override> & Pick<Override, 'kind'>): Override => ({
  subject: '',
  perMinute: null,
  perHour: null,
  perDay: null,
  ...over,
});
const limits = (caller: Caller, overrides: Override[] = [], cost: 0 | 1 = 1) =>
  Object.fromEntries(quotasFor(caller, cost, overrides, 1).map(({ name, limit }) => [name, limit]));

test('a role gives what the table says, and of several roles the most counts', () => {
  expect(limits(person)).toEqual({ burst: 600, tenant: 50_000, hour: 1_000, day: 10_000 });
  expect(limits({ ...person, roles: ['approver', 'ops_rw'] })).toMatchObject({ hour: 500, day: 5_000 });
  expect(limits({ ...person, roles: ['of-our-own'] })).toMatchObject({ hour: 500, day: 5_000 });
  expect(limits({ ...person, isServiceAccount: true, roles: ['viewer'] })).toMatchObject({ hour: 2_000, day: 20_000 });
});

test('what a person looks at in a browser is free, but for the burst', () => {
  expect(limits({ ...person, kind: 'session' }, [], 0)).toEqual({ burst: 600, tenant: 50_000 });
});

test('an agent calls half as fast as a person, and is counted by itself', () => {
  const [burst] = quotasFor({ ...person, kind: 'agent' }, 1, [], 1);
  expect(burst).toMatchObject({ key: 'agent:c', limit: 300 });
  expect(quotasFor(person, 1, [], 1)[0].key).toBe('key:c');
  expect(quotasFor({ ...person, kind: 'session' }, 1, [], 1)[0].key).toBe('p');
});

test('a stranger is counted by network, and no tenant is charged', () => {
  expect(quotasFor({ ...person, kind: 'stranger', ip: '192.0.2.7' }, 1, [], 1)).toEqual([
    { key: 'ip:192.0.2.7', name: 'burst', limit: 1_800, seconds: 60 },
  ]);
});

test('what a tenant sets goes before the default: of the role, then of the person, and of the key beside them', () => {
  const ofRole = override({ kind: 'role', subject: 'viewer', perHour: 20, perMinute: 7 });
  expect(limits(person, [ofRole])).toEqual({ burst: 7, tenant: 50_000, hour: 20, day: 10_000 });
  expect(limits(person, [ofRole, override({ kind: 'user', subject: 'p', perHour: 30 })])).toMatchObject({ hour: 30, burst: 7 });
  expect(limits(person, [override({ kind: 'key', subject: 'c', perHour: 3, perDay: 4, perMinute: 2 })])).toMatchObject({ burst: 2, 'key-hour': 3, 'key-day': 4, hour: 1_000 }); // prettier-ignore
  expect(limits(person, [override({ kind: 'tenant', perHour: 9 })])).toMatchObject({ tenant: 9 });
  expect(limits(person, [override({ kind: 'key', subject: 'another', perHour: 3 })])).not.toHaveProperty('key-hour');
});

test('one more role never takes a call away', () => {
  const roles = fc.subarray(Object.keys(ROLE_DEFAULTS), { minLength: 1 });
  fc.assert(
    fc.property(roles, fc.constantFrom(...Object.keys(ROLE_DEFAULTS)), (held, more) => {
      const [before, after] = [held, [...held, more]].map((some) => allowanceOf({ ...person, roles: some }, []));
      expect(after!.perHour).toBeGreaterThanOrEqual(before!.perHour);
      expect(after!.perDay).toBeGreaterThanOrEqual(before!.perDay);
    }),
  );
});

test('a load test that multiplies every quota stays within what a database counts', () => {
  for (const { limit } of quotasFor(person, 1, [], 1_000_000)) expect(limit).toBeLessThanOrEqual(2_000_000_000);
});
