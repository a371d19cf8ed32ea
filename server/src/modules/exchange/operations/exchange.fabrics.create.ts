import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { invalid, requirePrefix } from '../addresses.ts';
import { fabricTarget, taken } from '../find.ts';
import { creation } from '../plans.ts';
import { Fabric, fabricFields } from '../schemas.ts';
import { fabrics } from '../tables.ts';
import { fabricView } from '../view.ts';

/** Of a tenant (exchange.md 19). */
const MOST_FABRICS = 64;
const NAME = 'exchange.fabrics.create';

const input = z.object({
  slug: fabricFields.slug,
  name: fabricFields.name,
  description: fabricFields.description.optional(),
  rsAsn: fabricFields.rsAsn,
  ipv6Prefix: fabricFields.ipv6Prefix,
  ipv4Prefix: fabricFields.ipv4Prefix.optional(),
  ipv4Mode: fabricFields.ipv4Mode.default('rfc8950'),
  mtu: fabricFields.mtu.default(1_500),
  rpkiMode: fabricFields.rpkiMode.default('enforce'),
  irrMode: fabricFields.irrMode.default('tag'),
  access: fabricFields.access.default('restricted'),
  allowPrivateAsns: fabricFields.allowPrivateAsns.default(false),
  published: fabricFields.published.default(false),
  lookingglassPublic: fabricFields.lookingglassPublic.default(false),
  ixfId: fabricFields.ixfId.optional(),
  peeringdbIxId: fabricFields.peeringdbIxId.optional(),
});

/** As they are stored. */
function prefixes({ ipv6Prefix, ipv4Prefix, ipv4Mode }: z.output<typeof input>) {
  if (ipv4Mode === 'native' && ipv4Prefix === undefined) throw invalid(NAME, '/ipv4Prefix', 'is needed where IPv4 has sessions of its own');
  return {
    ipv6Prefix: requirePrefix(NAME, '/ipv6Prefix', ipv6Prefix, 6),
    ipv4Prefix: ipv4Prefix === undefined ? null : requirePrefix(NAME, '/ipv4Prefix', ipv4Prefix, 4),
  };
}

export const exchangeFabricsCreate = defineOperation({
  name: NAME,
  summary: 'Add a peering LAN',
  description: 'A LAN on which networks exchange routes, with the ASN of its route servers. Nothing is configured anywhere yet.',
  permission: 'exchange:manage',
  risk: 'write',
  input,
  output: Fabric,
  targets: (_ctx, { slug }) => [fabricTarget({ id: 'new', slug })],
  plan: (_ctx, wish) => ({
    summary: `Add the fabric "${wish.slug}"`,
    changes: creation('exchangeFabric', wish.slug, { ...wish, ...prefixes(wish) }),
    reversible: 'Delete the fabric.',
  }),
  async run(ctx, wish) {
    const { db, tenantId } = ctx;
    if ((await db.$count(fabrics, eq(fabrics.tenantId, tenantId))) >= MOST_FABRICS)
      throw new Problem('exchange-full', `There are ${MOST_FABRICS} fabrics, and no more are added.`);
    const { description = null, ...fields } = wish;
    const [row] = await db
      .insert(fabrics)
      .values({ tenantId, id: newId(), ...fields, ...prefixes(wish), description, createdAt: ctx.now(), updatedAt: ctx.now() })
      .returning()
      .catch(taken(`The short name "${wish.slug}" or the prefix ${wish.ipv6Prefix}`));
    ctx.emit('exchange.fabric.created', { id: row!.id, slug: row!.slug });
    return fabricView(row!, 0);
  },
});
