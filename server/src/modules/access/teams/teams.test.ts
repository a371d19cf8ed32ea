import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import type { Teams } from '#kernel/teams.ts';
import { createCompany, type Company } from '#test/company.ts';
import { joinsOneself } from './store.ts';
import { teamsCreate, teamsDelete, teamsList, teamsSetMembers, teamsUpdate } from '../index.ts';

let company: Company;
let acme: string;
let [adam, priya, vera]: string[] = [];
beforeAll(async () => {
  company = await createCompany({ works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  [adam, priya, vera] = await Promise.all(['adam', 'priya', 'vera'].map((name) => company.idOf(name)));
});
afterAll(() => company.close());

const slug = (operation: Operation, input: object, as = 'adam', envelope = {}) => company.slugOf(operation, input, company.key(as), { envelope });
const make = (name: string, members: readonly string[]) => company.done(teamsCreate, { slug: name, name, members }, company.key('adam'));
const read = <T>(work: (teams: Teams, db: never) => Promise<T>): Promise<T> =>
  company.databases.tenant({ tenantId: acme }, (db) => work(company.iam.teams, db as never));

describe('teams of people', () => {
  test('a team is made, found, renamed, filled anew and deleted; its short name stays', async () => {
    const team = await make('change-board', [priya!]);
    expect(team).toMatchObject({ slug: 'change-board', members: [{ id: priya, active: true }], version: 1 });
    const renamed = await company.done(teamsUpdate, { id: 'change-board', name: 'The board' }, company.key('adam'));
    expect(renamed).toMatchObject({ slug: 'change-board', name: 'The board', version: 2 });
    const filled = await company.done(teamsSetMembers, { id: team.id, members: [vera!, priya!, vera!] }, company.key('adam'));
    expect(new Set(filled.members.map(({ id }) => id))).toEqual(new Set([priya, vera]));
    expect((await company.done(teamsList, { memberId: vera }, company.key('adam'))).items.map(({ slug: found }) => found)).toEqual(['change-board']);
    expect(await read((teams, db) => teams.of(db, acme, vera!))).toEqual(['change-board']);
    const members = await read((teams, db) => teams.members(db, acme, 'change-board'));
    expect(new Set(members.map(({ id }) => id))).toEqual(new Set([priya, vera]));
    await company.done(teamsDelete, { id: 'change-board' }, company.key('adam'));
    expect(await slug(teamsUpdate, { id: 'change-board', name: 'x' })).toBe('team-not-found');
    expect([await read((teams, db) => teams.of(db, acme, vera!)), await read((teams, db) => teams.members(db, acme, 'change-board'))]).toEqual([
      [],
      [],
    ]);
  });

  test('names are taken once, strangers are no members, and somebody who saw an older one does not write over it', async () => {
    await make('peers', []);
    expect(await slug(teamsCreate, { slug: 'peers', name: 'Others' })).toBe('name-taken');
    expect(await slug(teamsCreate, { slug: 'others', name: 'peers' })).toBe('name-taken');
    expect(await slug(teamsSetMembers, { id: 'peers', members: ['00000000-0000-4000-8000-000000000000'] })).toBe('people-unknown');
    expect(await slug(teamsCreate, { slug: 'Not A Slug', name: 'x' })).toBe('validation-failed');
    await company.done(teamsUpdate, { id: 'peers', description: 'Those beside you' }, company.key('adam'));
    expect(await slug(teamsUpdate, { id: 'peers', name: 'x' }, 'adam', { ifMatch: '"1"' })).toBe('version-conflict');
  });

  test('whoever puts themselves into a team needs the agreement of somebody else', async () => {
    await make('deciders', [priya!]);
    const joining = await company.call(teamsSetMembers, { id: 'deciders', members: [priya!, adam!] }, company.key('adam'));
    expect(joining).toMatchObject({ status: 'accepted', change: { state: 'awaiting_approval' } });
    const leaving = await company.call(teamsSetMembers, { id: 'deciders', members: [] }, company.key('adam'));
    expect(leaving.status).toBe('done');
    // A service account of theirs is no way around it.
    const machine = { actor: { id: vera!, ownerId: adam! } } as Parameters<typeof joinsOneself>[0];
    expect([joinsOneself(machine, [], [adam!]), joinsOneself(machine, [adam!], [adam!]), joinsOneself(machine, [], [priya!])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('only who may writes teams; a suspended member is asked for nothing', async () => {
    expect(await slug(teamsCreate, { slug: 'mine', name: 'Mine' }, 'vera')).toBe('permission-denied');
    await make('asked', [vera!, priya!]);
    await company.sql(`update members set status = 'suspended' where tenant_id = $1 and id = $2`, [acme, vera]);
    expect((await read((teams, db) => teams.members(db, acme, 'asked'))).map(({ id }) => id)).toEqual([priya]);
  });
});
