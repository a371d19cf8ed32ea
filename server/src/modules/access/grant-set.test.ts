import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer } from '#test/lamps.ts';
import {
  grantsCreate, grantsList, grantsReplace, grantsRevoke, groupsCreate, groupsUpdate, rolesList, rolesMembersList, rolesMembersReplace, usersGrantsCreate, usersGrantsList, usersGrantsRevoke,
} from './index.ts'; // prettier-ignore

let company: Company;
let roles: Map<string, string>;
let vera: string;
let dana: string;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], works: true });
  roles = new Map((await company.done(rolesList, {}, company.key('olivia'))).items.map(({ key, id }) => [key, id]));
  [vera, dana] = [await company.idOf('vera'), await company.idOf('dana')];
});
afterAll(() => company.close());

const ALL: Scope = { all: true };
const LAB: Scope = { any: [{ environments: ['lab'] }] };
const slug = (operation: Operation, input: object, as = 'adam') => company.slugOf(operation, input, company.key(as));
const carried = async (operation: Operation, input: object, as = 'adam') =>
  company.carriedOut(await company.call(operation, input, company.key(as)), company.key('priya'));
const held = async (subjectId: string) => (await company.done(grantsList, { subjectId }, company.key('olivia'))).items;
const given = (role: string, scope: Scope = ALL, more: object = {}) => ({ roleId: roles.get(role)!, scope, ...more });
const set = (id: string, grants: object[], more: object = {}) => ({ id, grants, reason: 'the test asks', ...more });

describe('setting all grants of a person', () => {
  test('keeps what is wanted as it is, gives what is new and takes the rest, as one Change', async () => {
    const [before] = await held(vera);
    const change = await carried(grantsReplace, set(vera, [given('viewer'), given('ops_rw', LAB)]));
    expect(change).toMatchObject({ state: 'succeeded', plan: { summary: 'Vera Lind: 1 grants more, 0 fewer, 1 stay' } });
    const after = await held(vera);
    expect(after.map(({ role, scope }) => [role.key, scope])).toEqual(expect.arrayContaining([['viewer', ALL], ['ops_rw', LAB]])); // prettier-ignore
    expect(after.map(({ id }) => id)).toContain(before!.id);
    expect((await carried(grantsReplace, set(vera, [given('ops_rw', LAB)]))).plan.changes.map(({ action, name }) => [action, name])).toEqual([
      ['delete', 'viewer for vera@acme.example'],
    ]);
    expect((await held(vera)).map(({ role }) => role.key)).toEqual(['ops_rw']);
    await carried(grantsReplace, set(vera, [given('viewer')]));
  });

  test('each grant goes by the rules for one: not to oneself, nothing beyond, not from those above, no owner', async () => {
    expect(await slug(grantsReplace, set(await company.idOf('adam'), [given('admin'), given('viewer')]))).toBe('self-grant-forbidden');
    expect(await slug(grantsReplace, set(vera, [given('owner')]), 'olivia')).toBe('grant-escalation');
    expect(await slug(grantsReplace, set(await company.idOf('olivia'), [given('viewer')]))).toBe('grant-escalation');
    expect(await slug(grantsReplace, set(await company.idOf('gustav'), [given('viewer')]))).toBe('not-found');
    expect(await slug(grantsReplace, set(vera, [given('viewer')]), 'dana')).toBe('permission-denied');
    expect((await held(vera)).map(({ role }) => role.key)).toEqual(['viewer']);
  });

  test('mass assignment: a grant is a role, a Scope and an end, and nothing else', async () => {
    for (const field of ['grantedBy', 'validFrom', 'id', 'subjectId', 'tenantId', 'subjectKind']) {
      expect([field, await slug(grantsReplace, set(vera, [given('viewer', ALL, { [field]: vera })]))]).toEqual([field, 'validation-failed']);
      if (field === 'id') continue; // of the person, at this address
      const said = { id: vera, ...given('viewer'), reason: 'the test asks', [field]: vera };
      expect([field, await slug(usersGrantsCreate, said)]).toEqual([field, 'validation-failed']);
    }
    expect(await slug(grantsReplace, set(vera, []))).toBe('validation-failed');
  });

  test('an approved Change is stale when the group that its Scope names was changed in the meantime', async () => {
    const { id } = await company.done(groupsCreate, { name: 'Lab' }, company.key('adam'));
    const passed = await company.call(
      grantsCreate,
      { subjectId: vera, ...given('developer', { any: [{ groups: [id] }] }), reason: 'the test asks' },
      company.key('adam'),
    );
    await company.done(groupsUpdate, { id, selector: { environments: ['prod'] } }, company.key('adam'));
    expect((await company.carriedOut(passed, company.key('priya'))).state).toBe('stale');
  });
});

describe('the last role', () => {
  test('is not taken, by whatever way; the person is removed instead', async () => {
    const [only] = await held(vera);
    const refusal = await company.refused(grantsRevoke, { id: only!.id }, company.key('adam'));
    expect([refusal.slug, refusal.kind.status]).toEqual(['last-role', 409]);
    expect(await slug(usersGrantsRevoke, { id: vera, grantId: only!.id })).toBe('last-role');
    const others = (await company.done(rolesMembersList, { id: roles.get('viewer') }, company.key('adam'))).items.filter(
      ({ subject }) => subject.id !== vera,
    );
    expect(
      await slug(rolesMembersReplace, {
        id: roles.get('viewer'),
        userIds: others.map(({ subject }) => subject.id),
        scope: ALL,
        reason: 'the test asks',
      }),
    ).toBe('last-role');
  });
});

describe('at the address of the person', () => {
  test('grants are listed, given and taken as anywhere else', async () => {
    await carried(usersGrantsCreate, { id: vera, ...given('support'), reason: 'the test asks' });
    const { items } = await company.done(usersGrantsList, { id: vera }, company.key('adam'));
    expect(items.map(({ role }) => role.key).sort()).toEqual(['support', 'viewer']);
    const grantId = items.find(({ role }) => role.key === 'support')!.id;
    expect(await slug(usersGrantsRevoke, { id: dana, grantId })).toBe('not-found');
    expect((await carried(usersGrantsRevoke, { id: vera, grantId })).state).toBe('succeeded');
    expect(await slug(usersGrantsList, { id: vera }, 'gustav')).toBe('not-found');
  });
});

describe('who holds a role', () => {
  test('is set whole: given to those who lack it, taken from the others, kept by the rest', async () => {
    await carried(usersGrantsCreate, { id: vera, ...given('support'), reason: 'the test asks' });
    const change = await carried(rolesMembersReplace, { id: roles.get('support'), userIds: [dana], scope: LAB, reason: 'the test asks' });
    expect(change.state).toBe('succeeded');
    const { items } = await company.done(rolesMembersList, { id: roles.get('support') }, company.key('adam'));
    expect(items.map(({ subject, scope }) => [subject.id, scope])).toEqual([[dana, LAB]]);
    expect((await carried(rolesMembersReplace, { id: roles.get('support'), userIds: [], scope: LAB, reason: 'the test asks' })).state).toBe(
      'succeeded',
    );
  });

  test('no owner is made or unmade this way, and nobody names themselves', async () => {
    const olivia = await company.idOf('olivia');
    expect(await slug(rolesMembersReplace, { id: roles.get('owner'), userIds: [olivia, vera], scope: ALL, reason: 'the test asks' }, 'olivia')).toBe(
      'grant-escalation',
    );
    expect(await slug(rolesMembersReplace, { id: roles.get('owner'), userIds: [], scope: ALL, reason: 'the test asks' }, 'olivia')).toBe(
      'last-owner',
    );
    expect(
      await slug(rolesMembersReplace, { id: roles.get('support'), userIds: [await company.idOf('adam')], scope: ALL, reason: 'the test asks' }),
    ).toBe('self-grant-forbidden');
    expect(
      await slug(rolesMembersReplace, { id: roles.get('support'), userIds: [await company.idOf('gustav')], scope: ALL, reason: 'the test asks' }),
    ).toBe('not-found');
  });
});
