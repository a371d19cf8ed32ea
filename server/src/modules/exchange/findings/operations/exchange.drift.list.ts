import { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import { and, desc, eq, inArray, isNull, lt, max, or, type SQL } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach, type Reach } from '#kernel/scope.ts';
import { controllers } from '../../controllers/tables.ts';
import { afterId, findFabric, type Place } from '../../find.ts';
import { findRouteServer } from '../../route-server-rows.ts';
import { fabricId, routeServerId } from '../../schemas.ts';
import { accesses } from '../../ssh/tables.ts';
import { CLASSES, Drift, FINDING_STATES, SEVERITIES } from '../schemas.ts';
import { CURRENT, findingView, named } from '../store.ts';
import { findings } from '../tables.ts';

/** What a finding is of has to be within reach; a server alone is not enough, nor is its fabric. */
function within(reach: Reach, type: string, id: PgColumn): SQL | undefined {
  const covered = withinReach(reach, { type, id });
  return covered && or(isNull(id), covered);
}

async function lastLook({ db, tenantId }: Place): Promise<Date | undefined> {
  const [server] = await db.select({ at: max(accesses.checkedAt) }).from(accesses).where(eq(accesses.tenantId, tenantId)); // prettier-ignore
  const [controller] = await db.select({ at: max(controllers.preflightAt) }).from(controllers).where(eq(controllers.tenantId, tenantId)); // prettier-ignore
  const looks = [server, controller].flatMap((look) => look?.at ?? []);
  return looks.toSorted((one, other) => other.getTime() - one.getTime())[0];
}

export const exchangeDriftList = defineOperation({
  name: 'exchange.drift.list',
  summary: 'List what is not as it should be on route servers and at controllers',
  description:
    'Servers that are reached over SSH are looked at each minute, controllers every five. Without `state`: all that is there now, also what is being put right or was left alone; the newest first.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/findings' },
  input: z.object({
    state: z.enum(FINDING_STATES).optional(),
    class: z.enum(CLASSES).optional(),
    severity: z.enum(SEVERITIES).optional(),
    fabricId: fabricId.optional(),
    routeServerId: routeServerId.optional(),
    ...pageInput,
  }),
  output: pageOf(Drift).extend({ checkedAt: z.iso.datetime().nullable().meta({ help: 'When a server or a controller was looked at last' }) }),
  targets: 'filter',
  async run(ctx, { state, class: kind, severity, fabricId: fabric, routeServerId: server, cursor, limit }) {
    const { tenantId, reach } = ctx;
    const after = afterId(cursor);
    const rows = await named(ctx)
      .where(
        and(
          eq(findings.tenantId, tenantId),
          inArray(findings.state, state === undefined ? [...CURRENT] : [state]),
          kind === undefined ? undefined : eq(findings.class, kind),
          severity === undefined ? undefined : eq(findings.severity, severity),
          fabric === undefined ? undefined : eq(findings.fabricId, (await findFabric(ctx, fabric)).id),
          server === undefined ? undefined : eq(findings.routeServerId, (await findRouteServer(ctx, server)).server.id),
          within(reach, 'exchangeRouteServer', findings.routeServerId),
          within(reach, 'exchangeController', findings.controllerId),
          within(reach, 'exchangeFabric', findings.fabricId),
          after === undefined ? undefined : lt(findings.id, after),
        ),
      )
      .orderBy(desc(findings.id))
      .limit(limit + 1);
    const checkedAt = await lastLook(ctx);
    return { ...toPage(rows, limit, ({ finding }) => [finding.id], findingView), checkedAt: checkedAt?.toISOString() ?? null };
  },
});
