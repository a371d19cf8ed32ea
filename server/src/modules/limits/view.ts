import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { OWN_ROLE, ROLE_DEFAULTS, TENANT_PER_HOUR, type SubjectKind } from './quotas.ts';
import type { Limit } from './schemas.ts';
import { limitOverrides, type OverrideRow } from './tables.ts';

interface Named {
  kind: SubjectKind;
  subject: string;
}

/** `role:viewer` in its parts; the tenant has no name of its own. */
export function namedBy(text: string): Named {
  const [kind, ...rest] = text.split(':') as [SubjectKind, ...string[]];
  return { kind, subject: rest.join(':') };
}

const NOTHING = { perMinute: null, perHour: null, perDay: null };

function defaultsOf({ kind, subject }: Named): Limit['defaults'] {
  if (kind === 'role') return ROLE_DEFAULTS[subject] ?? OWN_ROLE;
  return kind === 'tenant' ? { ...NOTHING, perHour: TENANT_PER_HOUR } : NOTHING;
}

export const limitView = (named: Named, row: OverrideRow | undefined): Limit => ({
  subject: named.kind === 'tenant' ? 'tenant' : `${named.kind}:${named.subject}`,
  kind: named.kind,
  perMinute: row?.perMinute ?? null,
  perHour: row?.perHour ?? null,
  perDay: row?.perDay ?? null,
  defaults: defaultsOf(named),
  own: row !== undefined,
  version: row?.version ?? 0,
});

export async function findOverride(
  { db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>,
  { kind, subject }: Named,
): Promise<OverrideRow | undefined> {
  const same = and(eq(limitOverrides.tenantId, tenantId), eq(limitOverrides.kind, kind), eq(limitOverrides.subject, subject));
  const [row] = await db.select().from(limitOverrides).where(same);
  return row;
}

/** The tenant, every role that comes with the product, and whatever else has a quota of its own. */
export function allLimits(rows: readonly OverrideRow[]): Limit[] {
  const usual: Named[] = [{ kind: 'tenant', subject: '' }, ...Object.keys(ROLE_DEFAULTS).map((subject) => ({ kind: 'role' as const, subject }))];
  const isUsual = (row: OverrideRow): boolean => usual.some(({ kind, subject }) => row.kind === kind && row.subject === subject);
  const rowOf = ({ kind, subject }: Named): OverrideRow | undefined => rows.find((row) => row.kind === kind && row.subject === subject);
  return [...usual, ...rows.filter((row) => !isUsual(row))].map((named) => limitView(named, rowOf(named)));
}
