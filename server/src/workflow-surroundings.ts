import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull, ne, or, sql } from '#kernel/drizzle.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeWithin } from '#modules/access/scopes.ts';
import { numberText } from '#modules/governance/rules.ts';
import { changes } from '#modules/governance/tables.ts';
import { ServiceAccounts } from '#modules/identity/keys/port.ts';
import { secrets } from '#modules/secrets/tables.ts';
import { limitOf } from '#modules/tenancy/plans.ts';
import { settingsOf as settingsOfAi } from '#modules/ai/store.ts';
import { settingsOf } from '#modules/tenancy/settings/schema.ts';
import { tenants, tenantSettings } from '#modules/tenancy/tables.ts';
import { Surroundings, type PlanLimits } from '#modules/workflows/surroundings.ts';
import type { Parts, People } from './core.ts';
import { createReachOf } from './hearing.ts';

const HOUR = 3_600;

/** What the plan of the tenant allows; an installation without plans, as in tests, has the largest. */
async function limits(db: Database, tenantId: string): Promise<PlanLimits> {
  const [row] = await db.select({ plan: tenants.plan }).from(tenants).where(eq(tenants.tenantId, tenantId));
  const plan = row?.plan ?? 'enterprise';
  const most = (feature: string, otherwise: number): number => limitOf(plan, feature) ?? otherwise;
  const nodes = most('workflowNodes', 500);
  return {
    plan,
    workflows: limitOf(plan, 'workflows'),
    nodes,
    connections: nodes * 2,
    webhooks: limitOf(plan, 'workflowWebhooks'),
    scheduleSeconds: HOUR / most('scheduleRunsPerHour', 360),
    running: most('executionsRunning', 200),
    startsPerMinute: most('executionStartsPerMinute', 500),
    generationsPerMinute: most('aiGenerationsPerMinute', 200),
    queued: most('executionsQueued', 100_000),
    retentionDays: most('executionDays', 400),
    fileMiB: most('executionFileMiB', 2_000),
  };
}

async function names(db: Database, tenantId: string, environment: string | null) {
  const here = environment === null ? isNull(secrets.environment) : or(isNull(secrets.environment), eq(secrets.environment, environment));
  const rows = await db
    .select({ kind: secrets.kind, name: secrets.name })
    .from(secrets)
    .where(and(eq(secrets.tenantId, tenantId), isNull(secrets.deletedAt), here));
  const of = (kind: string): ReadonlySet<string> => new Set(rows.filter((row) => row.kind === kind).map(({ name }) => name));
  return { secrets: of('secret'), variables: of('variable') };
}

async function timezone(db: Database, tenantId: string): Promise<string> {
  const [row] = await db.select({ value: tenantSettings.value }).from(tenantSettings).where(eq(tenantSettings.tenantId, tenantId));
  return settingsOf(row?.value).defaults.zone;
}

const PUBLISHING = ['workflows.publish', 'workflows.versions.publish'];

async function waitingPublishes(db: Database, tenantId: string, workflowId: string, but: string | null): Promise<string[]> {
  const rows = await db
    .select({ number: changes.number })
    .from(changes)
    .where(
      and(
        eq(changes.tenantId, tenantId),
        eq(changes.state, 'awaiting_approval'),
        inArray(changes.operation, PUBLISHING),
        sql`${changes.input} ->> 'id' = ${workflowId}`,
        but === null ? undefined : ne(changes.id, but),
      ),
    );
  return rows.map(({ number }) => numberText(number));
}

/** What module workflows asks of plans, rights, secrets, Changes and service accounts. */
export function workflowSurroundings(
  { registry }: Pick<Parts, 'registry'>,
  { permit, revive }: Pick<People, 'permit' | 'revive'>,
  adapters: () => Adapters,
): readonly [Port<unknown>, unknown] {
  const find = async (tenantId: string, id: string) => {
    const found = await providerOf(adapters())(ServiceAccounts).find(tenantId, id);
    return found?.owner ? { id, name: found.name, ownerId: found.owner.id, active: found.status === 'active' } : undefined;
  };
  const hasAi = registry.modules.some(({ name }) => name === 'ai');
  let reachOf: ReturnType<typeof createReachOf> | undefined;
  return provide(Surroundings, {
    operations: registry.operations,
    limits,
    permit,
    eventTypes: () => registry.modules.flatMap(({ events = {} }) => Object.keys(events)),
    hearing: (...asked) => (reachOf ??= createReachOf(registry, { permit }))(...asked),
    isWithin: (inner, outer) => inner.every(({ scope }) => outer.some((other) => scopeWithin(scope, other.scope))),
    names,
    timezone,
    budgetsRequired: async (db, tenantId) => hasAi && (await settingsOfAi({ db, tenantId })).budgetsRequired,
    waitingPublishes,
    servicePrincipal: find,
    async asService(tenantId, id) {
      const account = await find(tenantId, id);
      if (!account?.active) throw new Problem('unauthenticated', 'The service account that the workflow runs as is gone, or nobody answers for it.');
      const known: Actor = { kind: 'user', id, name: account.name, email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ownerId: account.ownerId, ip: null }; // prettier-ignore
      return revive(known);
    },
  });
}
