import type { Plan } from '#kernel/plan.ts';
import { bitsOf } from './generate.ts';
import type { Generator, ValueKind } from './schemas.ts';
import type { Patch } from './writes.ts';
import type { SecretRow } from './tables.ts';

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

/** Which version of it the plan was made on: another edit makes the plan stale. */
export const observed = (row: Pick<SecretRow, 'id' | 'version'>): Pick<Plan, 'observed'> => ({
  observed: { [`secret:${row.id}`]: String(row.version) },
});

/** `NAME` with where it lies, for people. */
export const called = ({ name, project, environment }: Pick<SecretRow, 'name' | 'project' | 'environment'>): string => {
  const where = [project, environment].filter((part) => part !== null).join(', ');
  return where ? `${name} (${where})` : name;
};
