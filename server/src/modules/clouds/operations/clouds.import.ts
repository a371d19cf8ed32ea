import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { catalogOf, requireUsable } from '../connection-rows.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { importOne, type Candidate } from '../import-job.ts';
import { quotaLines, reserve } from '../quota.ts';
import { environmentName, id, Server } from '../schemas.ts';
import { findings } from '../tables.ts';

const input = z.object({
  id,
  externalIds: z.array(z.string().min(1).max(64)).min(1).max(100).meta({ title: 'Servers', help: 'Ids at the provider, see clouds.unmanaged' }),
  environment: environmentName.nullable().optional().meta({ title: 'Environment', help: 'The default of the connection when left out' }),
});

/** The wanted servers among the findings of the last pass, with what they need of the quota. */
async function candidates(ctx: ReadContext, connectionId: string, externalIds: readonly string[]) {
  const rows = await ctx.db
    .select()
    .from(findings)
    .where(
      and(
        eq(findings.tenantId, ctx.tenantId),
        eq(findings.connectionId, connectionId),
        inArray(findings.externalId, [...externalIds]),
        inArray(findings.kind, ['unmanaged', 'orphan']),
        inArray(findings.status, ['open', 'ignored']),
      ),
    );
  const unknown = externalIds.filter((wanted) => !rows.some(({ externalId }) => externalId === wanted));
  if (unknown.length > 0) {
    throw new Problem(
      'resource-already-managed',
      `Not importable: ${unknown.slice(0, 10).join(', ')}. Either they are managed already or the last pass did not see them; run clouds.sync and see clouds.unmanaged.`,
      { externalIds: unknown },
    );
  }
  const catalog = await catalogOf(ctx, await oneConnection(ctx, connectionId));
  const vcpus = rows.reduce((sum, { after }) => sum + (catalog.sizes.find((size) => size.id === (after as Candidate).size)?.vcpus ?? 0), 0);
  return { rows, more: { servers: rows.length, vcpus } };
}

export const cloudsImport = defineOperation({
  name: 'clouds.import',
  summary: 'Manage servers that exist at the provider already',
  description: 'Writes only our mark, as labels; nothing else is touched. What they are now becomes what they should be.',
  permission: 'clouds:update',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/cloud-providers/{id}/import' },
  input,
  output: z.object({ servers: z.array(Server) }),
  targets: connectionTargets,
  async plan(ctx, wish) {
    const connection = await oneConnection(ctx, wish.id);
    requireUsable(connection, ctx.now());
    const { rows, more } = await candidates(ctx, connection.id, wish.externalIds);
    return {
      summary: `Manage ${rows.length} server(s) of ${connection.name}`,
      steps: rows.map(({ name }) => ({ title: `Mark ${name}`, seconds: 1 })),
      changes: rows.map(({ name, externalId }) => ({
        action: 'update',
        type: 'server',
        name,
        fields: [{ path: 'managed', before: 'no', after: `yes, as ${externalId}` }],
      })),
      quota: await quotaLines(ctx, more),
      reversible: 'Disconnect the cloud with mode=forget; the mark stays as a label.',
      facts: { affected: rows.length },
    };
  },
  async accept(ctx, wish) {
    await reserve(ctx, (await candidates(ctx, wish.id, wish.externalIds)).more);
  },
  async execute(work, wish) {
    const servers: Server[] = [];
    for (const externalId of wish.externalIds) {
      const serverId = await work.step(`id:${externalId}`, `Choose an id for ${externalId}`, async () => newId());
      servers.push(await importOne(work, { connectionId: wish.id, serverId, externalId, environment: wish.environment }));
    }
    return { servers };
  },
});
