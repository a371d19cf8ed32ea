import { setTimeout as wait } from 'node:timers/promises';
import { Ai, AiAccounts, type AiOrigin, type AiUsage } from '#kernel/ai.ts';
import type { Config } from '#kernel/config.ts';
import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { createAccounts } from '#modules/ai/accounts.ts';
import { createAi } from '#modules/ai/adapter.ts';
import { BASE_URLS, CATALOGUE } from '#modules/ai/catalogue.ts';
import { createChecks } from '#modules/ai/check.ts';
import { createLedger } from '#modules/ai/ledger.ts';
import { AiSurroundings, ProviderChecks, type Line } from '#modules/ai/providers/port.ts';
import { mock } from '#modules/ai/providers/mock.ts';
import { fetchBy, type Outlet } from '#modules/ai/providers/outlet.ts';
import type { ProviderRow } from '#modules/ai/tables.ts';
import { limitOf } from '#modules/tenancy/plans.ts';
import { tenants } from '#modules/tenancy/tables.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { exceptionsOf } from '#modules/workflows/egress/store.ts';
import { misfits, schemaFault } from '#modules/workflows/validation/fit.ts';
import type { Parts } from './core.ts';
import type { Around } from './wired.ts';

export interface AiOptions {
  /** Tokens that all tenants together may use in a day; no limit when left out. */
  tokensPerDay?: number | undefined;
  /** Told of each answer, for metrics; models that tenants named themselves are `other`. */
  observe?: ((model: string, usage: AiUsage) => void) | undefined;
}

/** What whoever runs the installation says of models. */
export const aiOptions = ({ aiTokensPerDay }: Config, observe: AiOptions['observe']): AiOptions => ({ tokensPerDay: aiTokensPerDay, observe });

/** What the tenant's plan allows in a day; an installation without plans, as in tests, has the largest. */
async function tokensPerDay(db: Database, tenantId: string): Promise<number | null> {
  const [row] = await db.select({ plan: tenants.plan }).from(tenants).where(eq(tenants.tenantId, tenantId));
  return limitOf(row?.plan ?? 'enterprise', 'aiTokensPerDay');
}

/** As metrics know a model: what tenants named themselves is nobody else's business. */
const labelOf = (kind: ProviderRow['kind'], model: string): string =>
  `${kind}/${CATALOGUE[kind].some((known) => known.model === model) ? model : 'other'}`;

/** Providers as they are asked: with the tenant's secret, and by the way out that workflows have. */
function linesOf({ databases }: Parts, { adapters }: Around) {
  const provider = <T>(port: Port<T>): T => providerOf(adapters())(port);

  const keyOf = (origin: AiOrigin, { apiKey, name }: ProviderRow): Promise<string | undefined> =>
    databases.tenant({ tenantId: origin.tenantId, operation: 'ai key' }, async (db) => {
      if (apiKey === null) return undefined;
      const { tenantId, actor, executionId = null } = origin;
      const use = { tenantId, actor, operation: `ai.${origin.purpose}`, purpose: `provider of models "${name}"`, executionId };
      return (await provider(SecretReferences).resolve(db, use, [apiKey]))[0];
    });

  const outletOf = (tenantId: string): Outlet => {
    const exceptions = () => databases.tenant({ tenantId, operation: 'egress of models', readOnly: true }, (db) => exceptionsOf(db, tenantId));
    return (request) => provider(Egress).stream({ tenantId, exceptions }, request);
  };

  return async (origin: AiOrigin, row: ProviderRow, given?: string): Promise<Line> => {
    const apiKey = given ?? (await keyOf(origin, row));
    const baseUrl = (row.baseUrl ?? BASE_URLS[row.kind] ?? '').replace(/\/+$/, '');
    return { row, baseUrl, apiKey, fetch: fetchBy(outletOf(origin.tenantId), row.timeoutSeconds * 1_000) };
  };
}

/** What module ai asks of the others, and the way to models for all of them. */
export function aiAdapters(parts: Parts, around: Around, { tokensPerDay: platformTokens, observe }: AiOptions = {}): readonly (readonly [Port<unknown>, unknown])[] {
  const { databases, live, now, log } = parts;
  const line = linesOf(parts, around);
  const surroundings = { tokensPerDay };
  const onError = (error: Error): void => log.error({ err: error }, 'models');
  const ledger = createLedger({ databases, live, now, surroundings: () => surroundings, platformTokens, onError });
  const port = createAi({
    databases,
    ledger,
    schemas: { misfits, fault: schemaFault },
    line: (origin, { provider }, apiKey) => line(origin, provider!, apiKey),
    // The library is large: it is read when somebody asks for the first time.
    way: async ({ row }) => (row.kind === 'mock' ? mock : (await import('#modules/ai/providers/sdk.ts')).sdk),
    pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted()),
    observe: ({ model, provider }, usage) => observe?.(labelOf(provider!.kind, model), usage),
  });
  return [provide(AiSurroundings, surroundings), provide(Ai, port), provide(AiAccounts, createAccounts({ now })), provide(ProviderChecks, createChecks({ databases, now, line }))];
} // prettier-ignore
