import type { Database } from '#kernel/database.ts';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { PURPOSES, type Purpose } from '#kernel/ai.ts';
import { models, providers, settings, type ModelRow, type ProviderKind, type ProviderRow } from './tables.ts';

interface Where {
  db: Database;
  tenantId: string;
}

export const providersOf = ({ db, tenantId }: Where): Promise<ProviderRow[]> =>
  db.select().from(providers).where(eq(providers.tenantId, tenantId)).orderBy(asc(providers.name)); // prettier-ignore

export async function findProvider({ db, tenantId }: Where, id: string): Promise<ProviderRow> {
  const query = db.select().from(providers).where(and(eq(providers.tenantId, tenantId), eq(providers.id, id))); // prettier-ignore
  const [row] = isUuid(id) ? await query : [];
  if (!row) throw new Problem('ai-provider-not-found', 'There is no such provider of models in this tenant. List them with ai.providers.list.');
  return row;
}

export const modelRowsOf = ({ db, tenantId }: Where): Promise<ModelRow[]> => db.select().from(models).where(eq(models.tenantId, tenantId)); // prettier-ignore

export interface AiSettings {
  defaults: Record<Purpose, string | null>;
  forbiddenKinds: ProviderKind[];
  regions: string[];
  /** Agents without a budget are not published. */
  budgetsRequired: boolean;
  version: number;
}

export async function settingsOf({ db, tenantId }: Where): Promise<AiSettings> {
  const [row] = await db.select().from(settings).where(eq(settings.tenantId, tenantId));
  const defaults = Object.fromEntries(PURPOSES.map((purpose) => [purpose, row?.defaults[purpose] ?? null])) as AiSettings['defaults'];
  return {
    defaults,
    forbiddenKinds: row?.forbiddenKinds ?? [],
    regions: row?.regions ?? [],
    budgetsRequired: row?.budgetsRequired ?? false,
    version: row?.version ?? 0,
  };
}

/** One at a time in a tenant: what is counted and then written must not be counted twice at once. */
export const lockTenant = async ({ db, tenantId }: Where, what: string): Promise<void> =>
  void (await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ai ${what} ${tenantId}`}, 0))`));
