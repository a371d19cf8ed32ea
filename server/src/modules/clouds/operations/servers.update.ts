import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Plan } from '#kernel/plan.ts';
import { Labels } from '../labels.ts';
import { requireFreeNames } from '../names.ts';
import { seenAs, set } from '../outside-steps.ts';
import { aboutServer, isProd, SECONDS, serverChange } from '../plans.ts';
import { restore } from '../restore.ts';
import { differences } from '../rules.ts';
import { environmentName, id, Server, serverName } from '../schemas.ts';
import { onServer, lookBefore, release } from '../server-job.ts';
import { claim, requireFree, requireSeen, serverTarget, shownServer, type ShownRow } from '../server-rows.ts';

const input = z.object({
  id,
  name: serverName.optional(),
  description: z.string().max(500).nullable().optional().meta({ title: 'Description' }),
  environment: environmentName.nullable().optional(),
  labels: Labels.optional().meta({ title: 'Labels', help: 'All of them: what is left out is removed', widget: 'labels' }),
});
type Wish = z.output<typeof input>;

const FIELDS = ['name', 'description', 'environment', 'labels'] as const;

const changed = (row: ShownRow, wish: Wish) =>
  FIELDS.filter((field) => wish[field] !== undefined && JSON.stringify(wish[field]) !== JSON.stringify(row[field])).map((field) => ({
    path: field,
    before: row[field],
    after: wish[field] ?? null,
  }));

export const serversUpdate = defineOperation({
  name: 'servers.update',
  summary: 'Change the name, labels, environment or description of a server',
  permission: 'servers:update',
  risk: 'write',
  runs: 'job',
  input,
  output: Server,
  /** Moving a server into another environment concerns both: nobody moves one out of, or into, what they may not touch. */
  async targets(ctx, wish) {
    const row = await shownServer(ctx, wish.id);
    const moved = wish.environment !== undefined && wish.environment !== row.environment;
    return [serverTarget(row), ...(moved ? [{ ...serverTarget(row), environment: wish.environment }] : [])];
  },
  async plan(ctx, wish): Promise<Plan> {
    const row = await shownServer(ctx, wish.id);
    requireSeen(row, ctx);
    requireFree(row, 'update');
    const fields = changed(row, wish);
    if (fields.length === 0)
      throw new Problem('validation-failed', `"${row.name}" is like that already; there is nothing to change.`, {
        errors: [{ pointer: '', message: 'no change' }],
      });
    if (wish.name !== undefined && wish.name !== row.name) await requireFreeNames(ctx, row.connectionId, [wish.name]);
    return {
      ...aboutServer(row),
      summary: `Change ${fields.map(({ path }) => path).join(', ')} of ${row.name}`,
      ...(isProd(row.environment) || isProd(wish.environment) ? { risk: 'high' as const } : {}),
      steps: [{ title: 'Change it at the provider and here', seconds: SECONDS.set }],
      changes: [serverChange(row, 'update', fields)],
      reversible: 'Change it back.',
      facts: { affected: 1 },
    };
  },
  async accept(ctx, wish) {
    await claim(ctx, wish.id, 'update');
  },
  execute: (work, wish) =>
    onServer(work, wish.id, async (row) => {
      const { observed } = await lookBefore(work, row);
      const { id: _id, ...patch } = wish;
      const own = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const desired = { ...row.desired, name: wish.name ?? row.desired.name, labels: wish.labels ?? row.desired.labels };
      // What drifted is left as it is: only what was asked for is sent.
      const wanted = { name: wish.name ?? observed.name, labels: wish.labels ?? observed.labels };
      const asDesired = { ...desired, ...wanted, size: observed.size, protected: observed.protection.delete };
      if (differences(asDesired, observed).length > 0) {
        await set(work, row, 'update', `Change ${row.name} at the provider`, (calls, externalId) => calls.update(externalId, wanted));
      }
      const title = `See ${row.name} changed`;
      const seen = await seenAs(
        work,
        row,
        title,
        (now) => differences({ ...asDesired, size: now.size, protected: now.protection.delete }, now).length === 0,
      );
      return release(work, row.id, seen, { ...own, desired });
    }),
  rollback: (work, wish) => restore(work, wish.id),
});
