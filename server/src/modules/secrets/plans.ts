import type { ReadContext } from '#kernel/context.ts';
import type { Plan } from '#kernel/plan.ts';
import { Teams } from '#kernel/teams.ts';
import { bitsOf } from './generate.ts';
import type { Generator, ValueKind } from './schemas.ts';
import type { Patch } from './writes.ts';
import { wouldTakeOver } from './rows.ts';
import type { ReferenceRow, SecretRow } from './tables.ts';

type Change = NonNullable<Plan['changes']>[number];
type Fields = NonNullable<Change['fields']>;
type Json = NonNullable<Fields[number]['after']>;

const shown = (value: unknown): Json | null => (value instanceof Date ? value.toISOString() : ((value ?? null) as Json | null));

/** What an edit sets, before and after; never a value. */
export const patchFields = (row: SecretRow, patch: Patch): Fields =>
  (Object.keys(patch) as (keyof Patch)[])
    .map((path) => ({ path, before: shown(row[path]), after: shown(patch[path]) }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));

/** That there is to be another value, and where it comes from. */
export const valueField = (current: number | null, generate: Generator | undefined): Fields[number] => ({
  path: 'value',
  before: current === null ? null : `version ${current}`,
  after: `version ${(current ?? 0) + 1}${generate ? `, ${generate.length} characters made here (${bitsOf(generate)} bits)` : ''}`,
});

export const secretChange = (kind: ValueKind, row: Pick<SecretRow, 'id' | 'name'>, action: 'update' | 'delete', fields: Fields = []): Change => ({
  action,
  type: kind,
  id: row.id,
  name: row.name,
  fields,
});

/** What those who refer to a name get from then on. */
const takeIt = (users: readonly ReferenceRow[], what: string): string[] => users.slice(0, 20).map(({ userKind, userName }) => `${userKind} "${userName}" uses ${what} from then on.`); // prettier-ignore

/** What to know beforehand of secrets that are to come, or to come back. */
export async function foresight(ctx: ReadContext, wishes: Parameters<typeof wouldTakeOver>[1], ownerTeam?: string | null): Promise<string[]> {
  return [...takeIt(await wouldTakeOver(ctx, wishes), 'this value instead of a more general one'), ...(await aboutTeam(ctx, ownerTeam))];
}

/** What to know beforehand of another value. */
export const usersOf = (users: readonly ReferenceRow[]): string[] => takeIt(users, 'the new value');

/** A team that nobody is in is a slip, or is still to be made. */
export async function aboutTeam({ db, tenantId, provider }: ReadContext, team: string | null | undefined): Promise<string[]> {
  if (!team) return [];
  return (await provider(Teams).members(db, tenantId, team)).length > 0 ? [] : [`Nobody is in a team "${team}": owners are reminded in its place.`];
}

/** Which version of it the plan was made on: another edit makes the plan stale. */
export const observed = (row: Pick<SecretRow, 'id' | 'version'>): Pick<Plan, 'observed'> => ({
  observed: { [`secret:${row.id}`]: String(row.version) },
});

/** `NAME` with where it lies, for people. */
export const called = ({ name, project, environment }: Pick<SecretRow, 'name' | 'project' | 'environment'>): string => {
  const where = [project, environment].filter((part) => part !== null).join(', ');
  return where ? `${name} (${where})` : name;
};
