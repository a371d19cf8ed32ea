import type { ReadContext } from '#kernel/context.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { diffSets, type PolicySet, type SetDifference } from './engine/index.ts';
import { Policies } from './providers/port.ts';
import { findVersion } from './store.ts';
import type { SetRow } from './tables.ts';

type Field = { path: string; before?: never; after?: never };

/** Differences as a plan shows them. */
export const fieldsOf = (differences: readonly SetDifference[]): Field[] =>
  differences.map(({ path, before, after }) => ({
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  })) as Field[];

/** What may be allowed by it that was not: the reviewer's first look. */
export const loosened = (differences: readonly SetDifference[]): string[] => {
  const found = differences.filter(({ loosens }) => loosens);
  return found.length === 0 ? [] : [`It may allow what was forbidden: ${found.map(({ kind, path }) => `${path} ${kind}`).join(', ')}.`];
};

/** A document that somebody wants to save, read as the next version of its set. Throws `policy-invalid`. */
export function draftOf(ctx: ReadContext, document: string, message: string, set?: Pick<SetRow, 'name' | 'version' | 'team'>) {
  const read = ctx.provider(Policies).read(document, String((set?.version ?? 0) + 1), set?.team ?? null);
  if (set && read.set.name !== set.name)
    throw new Problem('validation-failed', `The document is named "${read.set.name}" and the set "${set.name}". A set keeps its name; another name is another set.`, {
      errors: [{ pointer: '/document', message: `metadata.name must stay ${set.name}` }],
    }); // prettier-ignore
  return {
    document,
    message,
    set: read.set,
    warnings: read.warnings.map(({ line, column, message: text }) => `line ${line}, column ${column}: ${text}`),
  };
}

/** The document of a version as the engine reads it today. */
export async function readVersion(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'provider'>, row: SetRow, number: number) {
  const version = await findVersion(ctx, row, number);
  return { version, ...ctx.provider(Policies).read(version.document, String(number), row.team) };
}

/** The same, where it may no longer be readable: then there is nothing to compare with. */
export async function setOrNone(ctx: ReadContext, row: SetRow, number: number | null): Promise<PolicySet | undefined> {
  if (number === null) return undefined;
  try {
    return (await readVersion(ctx, row, number)).set;
  } catch (error) {
    if (error instanceof Problem && error.slug === 'policy-invalid') return undefined;
    throw error;
  }
}

export async function savePlan(ctx: ReadContext, row: SetRow, after: PolicySet, warnings: readonly string[]): Promise<Plan> {
  const before = await setOrNone(ctx, row, row.version);
  return {
    summary: `Save version ${row.version + 1} of ${row.name}; what is in force stays`,
    changes: [{ action: 'update', type: 'policySet', id: row.id, name: row.name, fields: before ? fieldsOf(diffSets(before, after)) : [] }],
    reversible: 'Save another version; every version is kept.',
    warnings: [...warnings],
    observed: { [`policySet:${row.id}`]: String(row.version) },
  };
}
