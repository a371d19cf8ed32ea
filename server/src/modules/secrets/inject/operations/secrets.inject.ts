import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { Vault } from '../../providers/port.ts';
import { bytesAt, inForceAt, openAll, type Sealed } from '../../resolution.ts';
import { secretTarget } from '../../rows.ts';
import { environment, project } from '../../schemas.ts';

const MOST = 500;
/** Linux starts no program with more than 2 MiB of arguments and environment, and no caller is to fill our memory. */
const LARGEST = 2 * 1024 * 1024;

const input = z.object({
  project: project.nullable().default(null),
  environment: environment.nullable().default(null),
  names: z.array(z.string().max(64)).min(1).max(MOST).optional().meta({ title: 'Names', help: 'These and no others; all that you may use when left out' }),
}); // prettier-ignore
type Wish = z.output<typeof input>;

/** What holds at the place. Of names that were asked for each must be there; else what the caller does not reach is left out. */
async function wanted(ctx: ReadContext, { names, ...place }: Wish): Promise<Sealed[]> {
  if ((await bytesAt(ctx.db, ctx.tenantId, place, names)) > LARGEST)
    throw new Problem('secret-export-too-large', `The values that hold there are more than ${LARGEST / 1024 / 1024} MiB together. Name those that are needed.`); // prettier-ignore
  const found = await inForceAt(ctx.db, ctx.tenantId, place, names);
  const absent = names?.find((name) => !found.has(name));
  if (absent !== undefined)
    throw new Problem('secret-reference-missing', `There is no secret or variable "${absent.slice(0, 64)}" for this project and environment. Create it, or correct the name.`); // prettier-ignore
  const rows = [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const reached = names ? rows : rows.filter((row) => coveringGrant(ctx.reach, [secretTarget(row)]) !== undefined);
  if (reached.length > MOST)
    throw new Problem('secret-export-too-large', `More than ${MOST} secrets and variables hold there. Name those that are needed.`);
  return reached;
}
const wantedOnce = (ctx: ReadContext, wish: Wish): Promise<Sealed[]> => ctx.once('wanted', () => wanted(ctx, wish));

export const secretsInject = defineOperation({
  name: 'secrets.inject',
  summary: 'Hand values to a program that is about to start',
  description:
    'For `switchyard run`. The values that hold for a project and environment: of the project before those of the workspace, of the environment before the general ones. Each is in the access log of its secret. A repetition with the same Idempotency-Key is answered without values.',
  permission: 'secrets:use',
  // It changes nothing but the log; yet nothing is handed out whose trail could still be lost.
  risk: 'write',
  change: 'none',
  stepUp: 900,
  sensitive: true,
  hiddenFrom: ['mcp', 'web', 'workflow'],
  route: { method: 'POST', path: '/secrets/inject' },
  input,
  output: z.object({ values: z.record(z.string(), z.string()).meta({ secret: true }) }),
  targets: async (ctx, wish) => (await wantedOnce(ctx, wish)).map(secretTarget),
  async run(ctx, wish) {
    const rows = await wantedOnce(ctx, wish);
    const where = [wish.project && `project ${wish.project}`, wish.environment].filter(Boolean).join(', ');
    const use = {
      tenantId: ctx.tenantId,
      actor: ctx.actor,
      operation: 'secrets.inject',
      purpose: `handed to a program${where ? ` (${where})` : ''}`,
    };
    const values = await openAll(ctx.provider(Vault), ctx.db, use, rows);
    return { values: Object.fromEntries(rows.map(({ name }, at) => [name, values[at]!])) };
  },
});
