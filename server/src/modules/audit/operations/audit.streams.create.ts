import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { headOf } from '../chain/sealer.ts';
import { Streaming } from '../streams/port.ts';
import { FreshStream, streamFields } from '../streams/schemas.ts';
import { nameTaken, newSecret, requireDestination, requireRoom, sealSecret, streamTarget, streamView } from '../streams/store.ts';
import { streams } from '../streams/tables.ts';

export const auditStreamsCreate = defineOperation({
  name: 'audit.streams.create',
  summary: 'Have the audit trail sent to a syslog receiver or a webhook',
  description:
    'In the order of the chain, at least once, each entry with its number and link. What does not arrive is tried on until it does, for as long as retention keeps it. The secret that signs the messages of a webhook is in this answer and never shown again; where a rule has it agreed to first, nobody is there to be shown it: rotate it then.',
  permission: 'audit:stream',
  risk: 'write',
  hiddenFrom: ['mcp'],
  route: { method: 'POST', path: '/audit/streams' },
  input: z.object({
    name: streamFields.name,
    kind: streamFields.kind,
    address: streamFields.address,
    ca: streamFields.ca.optional(),
    facility: streamFields.facility.default(13),
    entries: streamFields.entries.default('all'),
    from: z.enum(['now', 'beginning']).default('now').meta({ title: 'From', help: 'beginning: all that is kept comes first' }),
  }),
  output: FreshStream,
  targets: (_ctx, { name }) => streamTarget({ id: 'new', name }),
  async plan(ctx, wish) {
    requireDestination(ctx, { ...wish, ca: wish.ca ?? null });
    await requireRoom(ctx);
    const shown = ['kind', 'address', 'entries', 'from', ...(wish.kind === 'syslog' ? (['facility'] as const) : [])] as const;
    return {
      summary: `Send the audit trail to ${wish.address}`,
      changes: [{ action: 'create', type: 'auditStream', name: wish.name, fields: shown.map((path) => ({ path, before: null, after: wish[path] })) }],
      reversible: 'Delete the stream. What was sent stays with its receiver.',
      warnings: ['Names, addresses and acts of everybody in this tenant leave the installation.'],
    };
  },
  async run(ctx, { from, ca = null, ...wish }) {
    const { db, tenantId, actor } = ctx;
    requireDestination(ctx, { ca, ...wish });
    await requireRoom(ctx);
    const { sealer, wake } = ctx.provider(Streaming);
    const place = { tenantId, id: newId() };
    const secret = wish.kind === 'webhook' ? newSecret() : null;
    const head = (await headOf(db, tenantId)).seq;
    const at = ctx.now();
    const [row] = await db
      .insert(streams)
      .values({
        ...place, ...wish, ca, state: 'active', cursor: from === 'now' ? head : 0, nextAt: at,
        secretSealed: secret === null ? null : await sealSecret(db, sealer, place, secret),
        createdBy: actor.id, createdByName: actor.name, createdAt: at, updatedAt: at,
      })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(wish.name) : error;
      }); // prettier-ignore
    ctx.emit('audit.stream_created', { streamId: place.id, name: wish.name, kind: wish.kind });
    ctx.afterCommit(wake);
    return { ...(await streamView(ctx, row!, head)), secret };
  },
});
