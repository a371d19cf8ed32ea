import { and, eq, isNull } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { markDeleted } from './deletion.ts';
import { DURING } from './rules.ts';
import { servers } from './tables.ts';

const held = (ctx: WorkContext, changeId: unknown) => and(eq(servers.tenantId, ctx.tenantId), eq(servers.changeId, String(changeId)));

/** A Change that holds servers has a number that people know it by. */
export async function noteNumber(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  await ctx.db
    .update(servers)
    .set({ changeNumber: String(data['number']) })
    .where(and(held(ctx, data['changeId']), isNull(servers.changeNumber)));
}

const IN_MOTION: readonly unknown[] = [...Object.values(DURING), 'creating'];

/**
 * The net under every job: whatever way a Change ended, it holds no server any longer. What was left in motion is unknown until the
 * next pass sees it; what was never asked of the provider never existed, and its quota is free.
 */
export async function releaseEnded(ctx: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const rows = await ctx.db.select().from(servers).where(held(ctx, data['changeId'])).for('no key update');
  for (const row of rows) {
    if (row.status === 'requested' && row.externalId === null) {
      await markDeleted(ctx, row);
      continue;
    }
    const moved = IN_MOTION.includes(row.status);
    const statusReason = {
      code: 'change-ended',
      text: `${String(data['number'])} ended as ${String(data['state']).replaceAll('_', ' ')} before the server came to rest.`,
      at: ctx.now().toISOString(),
    };
    await ctx.db
      .update(servers)
      .set({
        changeId: null,
        changeNumber: null,
        changedAt: ctx.now(),
        reservedVcpus: row.vcpus,
        version: row.version + 1,
        updatedAt: ctx.now(),
        ...(moved ? { status: 'unknown', statusReason } : {}),
      })
      .where(and(eq(servers.tenantId, ctx.tenantId), eq(servers.id, row.id)));
    if (moved) ctx.emit('server.state_changed', { id: row.id, name: row.name, before: row.status, after: 'unknown' });
  }
}
