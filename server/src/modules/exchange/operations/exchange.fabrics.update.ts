import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { invalid } from '../addresses.ts';
import { connectedTo, fabricOf, findFabric, oneFabric, requireSeen } from '../find.ts';
import { differences, given } from '../plans.ts';
import { Fabric, fabricFields, fabricId } from '../schemas.ts';
import { requireLists } from '../irr/store.ts';
import { approvalOf } from '../joining/deciding.ts';
import { fabrics, type FabricRow } from '../tables.ts';
import { fabricView } from '../view.ts';

const NAME = 'exchange.fabrics.update';
const {
  name,
  description,
  mtu,
  ipv4Mode,
  rpkiMode,
  irrMode,
  access,
  approvalMode,
  allowPrivateAsns,
  published,
  lookingglassPublic,
  ixfId,
  peeringdbIxId,
} = fabricFields;
const Edit = z
  .object({
    name,
    description: description.nullable(),
    mtu,
    ipv4Mode,
    rpkiMode,
    irrMode,
    access,
    approvalMode,
    allowPrivateAsns,
    published,
    lookingglassPublic,
    ixfId: ixfId.nullable(),
    peeringdbIxId: peeringdbIxId.nullable(),
  })
  .partial();

/** What reaches the route servers with the next configuration that is applied. */
const RENDERED = ['ipv4Mode', 'rpkiMode', 'irrMode'] as const;

function requirePossible(row: FabricRow, edit: z.output<typeof Edit>): void {
  if (edit.ipv4Mode === 'native' && row.ipv4Prefix === null) throw invalid(NAME, '/ipv4Mode', 'needs an IPv4 prefix, and this fabric has none');
}

export const exchangeFabricsUpdate = defineOperation({
  name: NAME,
  summary: 'Change a peering LAN',
  description:
    'Short name, prefixes and ASN stay as they are: members have them in their own configurations. Make a new fabric to move to others. ' +
    'What concerns route servers takes effect when their configuration is applied.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: fabricId, ...Edit.shape }),
  output: Fabric,
  targets: oneFabric,
  async plan(ctx, { id, ...edit }) {
    const row = await fabricOf(ctx, id);
    requireSeen(row.slug, row, ctx);
    requirePossible(row, edit);
    if (edit.irrMode === 'enforce') await requireLists(ctx, row);
    if (edit.approvalMode !== undefined) approvalOf(ctx, edit.approvalMode);
    const fields = differences(row, edit);
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of the fabric "${row.slug}"`,
      changes: [{ action: 'update', type: 'exchangeFabric', id: row.id, name: row.slug, fields }],
      warnings: fields.some(({ path }) => RENDERED.some((one) => one === path))
        ? ['Route servers follow when their configuration is applied; sessions of members may restart then.']
        : [],
      reversible: 'Change it back.',
      observed: { [`fabric ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const row = await findFabric(ctx, id, true);
    requireSeen(row.slug, row, ctx);
    requirePossible(row, edit);
    if (edit.irrMode === 'enforce') await requireLists(ctx, row);
    const rule = edit.approvalMode === undefined ? {} : approvalOf(ctx, edit.approvalMode);
    const [next] = await ctx.db
      .update(fabrics)
      .set({ ...given(edit), ...rule, version: sql`${fabrics.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(fabrics.tenantId, ctx.tenantId), eq(fabrics.id, row.id)))
      .returning();
    ctx.emit('exchange.fabric.updated', { id: row.id, slug: row.slug });
    return fabricView(next!, (await connectedTo(ctx, [row.id]))(row.id));
  },
});
