import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { catalogOf, findConnection, requireUsable } from '../connection-rows.ts';
import { endsSoon, sizeFor } from '../choices.ts';
import { act, actionsEnd, seenAs } from '../outside-steps.ts';
import { resizePlan } from '../plans.ts';
import { withAlternatives } from '../capacity.ts';
import { quotaLines, reserve } from '../quota.ts';
import { restore } from '../restore.ts';
import { id, Server } from '../schemas.ts';
import { bringDown, onServer, lookBefore, release, switchPower } from '../server-job.ts';
import { claim, oneServer, requireFree, shownServer, type ShownRow } from '../server-rows.ts';

const STOP_GRACE_SECONDS = 60;

const input = z.object({
  id,
  size: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Size', widget: 'server-size', examples: ['std-2'] }),
  growDisk: z.boolean().default(false).meta({ title: 'Grow the disk', help: 'To that of the new size; it cannot shrink again' }),
  restart: z
    .enum(['auto', 'manual'])
    .default('auto')
    .meta({ title: 'Restart', help: '`auto` stops and starts a running server; `manual` refuses unless it is stopped' }),
});

async function chosen(
  ctx: Pick<ReadContext, 'db' | 'tenantId' | 'now'>,
  row: Pick<ShownRow, 'connectionId' | 'name' | 'size' | 'region' | 'architecture' | 'diskGb'>,
  wanted: string,
) {
  const connection = await findConnection(ctx, row.connectionId);
  requireUsable(connection, ctx.now());
  const size = sizeFor(await catalogOf(ctx, connection), wanted, row.region, ctx.now());
  const refuse = (slug: string, text: string): never => {
    throw new Problem(slug, `"${row.name}" ${text}`, { errors: [{ pointer: '/size', message: text }] });
  };
  if (size.id === row.size) refuse('invalid-state', `has the size ${size.id} already.`);
  if (size.architecture !== row.architecture)
    refuse('architecture-mismatch', `runs on ${row.architecture} and ${size.id} is ${size.architecture}. Choose a size for ${row.architecture}.`);
  if (size.diskGb < row.diskGb)
    refuse('disk-too-small', `has a disk of ${row.diskGb} GB, and ${size.id} takes ${size.diskGb}. Choose a size with a disk as large.`);
  return size;
}

export const serversResize = defineOperation({
  name: 'servers.resize',
  summary: 'Change the size of a server',
  description: 'A running server is stopped, resized and started again. If the new size cannot be had, it is started again with the old one.',
  permission: 'servers:resize',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/servers/{id}/resize' },
  input,
  output: Server,
  deadlineSeconds: 1_800,
  targets: oneServer,
  async plan(ctx, wish) {
    const row = await shownServer(ctx, wish.id);
    requireFree(row, 'resize');
    const running = row.status === 'running';
    if (running && wish.restart === 'manual')
      throw new Problem('invalid-state', `"${row.name}" is running and restart is manual. Stop it first.`, {
        state: row.status,
        allowedFrom: ['stopped'],
      });
    const size = await chosen(ctx, row, wish.size);
    const plan = resizePlan(row, size, { growDisk: wish.growDisk, running });
    const quota = await quotaLines(ctx, { servers: 0, vcpus: size.vcpus - row.vcpus });
    return { ...plan, quota, warnings: [...(plan.warnings ?? []), ...endsSoon('size', size, ctx.now())] };
  },
  async accept(ctx, wish) {
    const row = await shownServer(ctx, wish.id);
    const size = await chosen(ctx, row, wish.size);
    await reserve(ctx, { servers: 0, vcpus: size.vcpus - row.vcpus });
    await claim(ctx, wish.id, 'resize', { reservedVcpus: Math.max(row.vcpus, size.vcpus) });
  },
  execute: (work, wish) =>
    onServer(work, wish.id, async (row) => {
      const { observed } = await lookBefore(work, row);
      const wasOn = observed.status !== 'stopped';
      if (wasOn) await bringDown(work, row, { graceSeconds: STOP_GRACE_SECONDS, force: true });
      const title = `Change the size of ${row.name} to ${wish.size}`;
      const resize = act(work, row, {
        key: 'resize',
        title,
        method: 'resize',
        call: (calls, externalId) => calls.resize(externalId, wish.size, wish.growDisk),
      });
      const accepted = await withAlternatives(work, row, wish.size, resize);
      await actionsEnd(work, row.connectionId, [accepted], title);
      const resized = await seenAs(work, row, title, ({ size }) => size === wish.size);
      const seen = wasOn ? await switchPower(work, row, 'start') : resized;
      const desired = { ...row.desired, size: wish.size, power: wasOn ? ('on' as const) : ('off' as const) };
      return release(work, row.id, seen, { desired });
    }),
  rollback: (work, wish) => restore(work, wish.id),
});
