import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { endsSoon, imageFor, requireRegion, sizeFor } from '../choices.ts';
import { catalogOf, findConnection, requireUsable } from '../connection-rows.ts';
import type { Accepted } from '../providers/port.ts';
import { madeHere, madeSeen, makeServer, unmakeAll } from '../create-job.ts';
import { Labels } from '../labels.ts';
import { requireFreeNames } from '../names.ts';
import { costOf, isProd, SECONDS } from '../plans.ts';
import { quotaLines, reserve } from '../quota.ts';
import { expandNames } from '../rules.ts';
import { environmentName, Server, serverName } from '../schemas.ts';
import { releaseIn, requireAsDesired } from '../server-job.ts';
import { serversById, serverView } from '../server-rows.ts';
import { servers } from '../tables.ts';

const MANY = 10;

const input = z.object({
  connectionId: z.uuid().meta({ title: 'Connection', widget: 'cloud-connection' }),
  name: serverName.optional(),
  namePattern: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*\{n\}([a-z0-9-]*[a-z0-9])?$/, 'small letters, digits and "-" around one {n}')
    .max(60)
    .optional()
    .meta({ title: 'Name pattern', help: '`{n}` counts from 1', examples: ['web-{n}'] }),
  count: z.int().min(1).max(50).default(1).meta({ title: 'How many' }),
  region: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Region', widget: 'cloud-region', examples: ['sim-eu-1'] }),
  zone: z.string().min(1).max(63).optional().meta({ title: 'Zone', help: 'The provider chooses when left out' }),
  size: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Size', widget: 'server-size', examples: ['std-2'] }),
  image: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Image', widget: 'server-image', examples: ['debian-13'] }),
  description: z.string().max(500).optional().meta({ title: 'Description' }),
  labels: Labels.default({}),
  environment: environmentName.nullable().optional().meta({ title: 'Environment', help: 'The default of the connection when left out' }),
  protection: z
    .object({ delete: z.boolean().meta({ title: 'Against deletion' }) })
    .optional()
    .meta({ title: 'Protection', help: 'On by default in prod' }),
  start: z.boolean().default(true).meta({ title: 'Start it when it is made' }),
});
type Wish = z.output<typeof input>;
type Reader = Pick<ReadContext, 'db' | 'tenantId' | 'now'>;

function namesOf({ name, namePattern, count }: Wish): string[] {
  const wrong = (pointer: string, message: string): never => {
    throw new Problem('validation-failed', `servers.create: ${pointer}: ${message}.`, { errors: [{ pointer, message }] });
  };
  if ((name === undefined) === (namePattern === undefined)) return wrong('/name', 'give either name or namePattern');
  if (name !== undefined) return count === 1 ? [name] : wrong('/count', 'more than one needs a namePattern such as web-{n}');
  return expandNames(namePattern!, count);
}

/** Everything that follows from the wish and the tables; the same for the plan and for the start of the job. */
async function wished(ctx: Reader, wish: Wish) {
  const connection = await findConnection(ctx, wish.connectionId);
  requireUsable(connection, ctx.now());
  const catalog = await catalogOf(ctx, connection);
  requireRegion(catalog, wish.region, wish.zone);
  const size = sizeFor(catalog, wish.size, wish.region, ctx.now());
  const image = imageFor(catalog, wish.image, size, ctx.now());
  const environment = wish.environment === undefined ? connection.environment : wish.environment;
  return { connection, catalog, size, image, environment, names: namesOf(wish), protect: wish.protection?.delete ?? isProd(environment) };
}

export const serversCreate = defineOperation({
  name: 'servers.create',
  summary: 'Create one or more servers',
  description: 'Makes `count` servers alike. If one of them cannot be made, those that were are deleted again.',
  permission: 'servers:create',
  risk: 'write',
  runs: 'job',
  input,
  output: z.object({ servers: z.array(Server) }),
  /** What does not exist yet is described by where and what it will be. */
  async targets(ctx, wish) {
    const { environment } = await findConnection(ctx, wish.connectionId);
    const place = wish.environment === undefined ? environment : wish.environment;
    return namesOf(wish).map((name) => ({ type: 'server', id: `${wish.connectionId}/${name}`, name, environment: place, labels: wish.labels }));
  },
  async plan(ctx, wish): Promise<Plan> {
    const { connection, catalog, size, image, environment, names, protect } = await wished(ctx, wish);
    await requireFreeNames(ctx, connection.id, names);
    const quota = await quotaLines(ctx, { servers: names.length, vcpus: size.vcpus * names.length });
    const { cost, delta } = costOf(0, size.monthly.amount * names.length, size.monthly.currency);
    const hourly = (Number(size.hourly) * names.length).toFixed(4);
    const what = names.length === 1 ? names[0]! : `${names.length} servers, ${names[0]} to ${names.at(-1)}`;
    const fields = {
      region: wish.region,
      size: size.id,
      image: image.id,
      environment,
      'protection.delete': protect,
      status: wish.start ? 'running' : 'stopped',
      monthly: size.monthly,
    };
    return {
      summary: `Create ${what} (${size.id}) in ${wish.region} on ${connection.name}`,
      ...(isProd(environment) || names.length > MANY ? { risk: 'high' as const } : {}),
      steps: [
        ...names.map((name) => ({ title: `Create ${name}`, seconds: 1 })),
        { title: 'Wait until all are made', seconds: SECONDS.create },
        { title: 'Compare with what was asked for', seconds: 1 },
      ],
      changes: names.map((name) => ({
        action: 'create' as const,
        type: 'server',
        name,
        fields: Object.entries(fields).map(([path, after]) => ({ path, after })),
      })),
      reversible: 'Delete what was made.',
      cost,
      quota,
      warnings: [
        ...endsSoon('size', size, ctx.now()),
        ...endsSoon('image', image, ctx.now()),
        `${hourly} ${size.monthly.currency} per hour, from the moment it is made; also while it is off.`,
      ],
      facts: { affected: names.length, costDeltaMonthly: delta, costHourly: hourly, environment },
      observed: { [`prices:${connection.id}`]: catalog.priceList },
    };
  },
  async accept(ctx, wish) {
    await insertRequested(ctx, wish);
  },
  async execute(work) {
    const ids = await madeHere(work);
    const rows = await work.tx((place) => serversById(place, ids));
    if (rows.every(({ changeId }) => changeId !== work.changeId)) return { servers: rows.map(serverView) };
    const accepted: Accepted[] = [];
    for (const row of rows) accepted.push(await makeServer(work, row));
    const seen = await madeSeen(work, rows, accepted);
    for (const row of rows) requireAsDesired(row.name, row.desired, seen.get(row.id)!);
    return work.tx(async (place) => {
      const made: Server[] = [];
      for (const row of rows) made.push(await releaseIn(place, work.changeId, row.id, seen.get(row.id), {}));
      for (const { id, name, connectionId, environment, cost } of made) place.emit('server.created', { id, name, connectionId, environment, cost });
      return { servers: made };
    });
  },
  rollback: (work) => unmakeAll(work),
});

async function insertRequested(ctx: Context, wish: Wish): Promise<void> {
  const { connection, size, image, environment, names, protect } = await wished(ctx, wish);
  await reserve(ctx, { servers: names.length, vcpus: size.vcpus * names.length });
  const at = ctx.now();
  const rows = names.map((name) => ({
    tenantId: ctx.tenantId,
    id: newId(),
    connectionId: connection.id,
    name,
    description: wish.description ?? null,
    status: 'requested' as const,
    region: wish.region,
    zone: wish.zone ?? null,
    size: size.id,
    image: image.id,
    architecture: size.architecture,
    vcpus: size.vcpus,
    reservedVcpus: size.vcpus,
    memoryMb: size.memoryMb,
    diskGb: size.diskGb,
    environment,
    labels: wish.labels,
    protected: protect,
    desired: { name, size: size.id, labels: wish.labels, protected: protect, power: wish.start ? ('on' as const) : ('off' as const) },
    managed: 'managed' as const,
    monthlyAmount: size.monthly.amount,
    currency: size.monthly.currency,
    changeId: ctx.changeId,
    madeBy: ctx.changeId!,
    createdBy: ctx.actor.id,
    createdAt: at,
    updatedAt: at,
  }));
  try {
    await ctx.db.insert(servers).values(rows);
  } catch (error) {
    if (!isUniqueViolation(error, 'servers_living_name')) throw error;
    throw new Problem('name-conflict', `One of these names was taken a moment ago: ${names.slice(0, 5).join(', ')}. Choose another name.`, {
      taken: [],
    });
  }
}
