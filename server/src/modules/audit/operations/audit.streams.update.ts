import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Streaming } from '../streams/port.ts';
import { id, Stream, streamFields } from '../streams/schemas.ts';
import { findStream, nameTaken, requireDestination, requireSeen, streamTarget, streamView } from '../streams/store.ts';
import { streams, type StreamRow } from '../streams/tables.ts';

const input = z.object({
  id,
  name: streamFields.name.optional(),
  address: streamFields.address.optional(),
  ca: streamFields.ca.nullable().optional(),
  facility: streamFields.facility.optional(),
  entries: streamFields.entries.optional(),
  state: z.enum(['active', 'paused']).optional().meta({ title: 'State', help: 'paused: nothing is sent, and it goes on from there. active: tried at once' }),
  cursor: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional().meta({ title: 'Go on after link', help: 'Further back than it is: those entries are sent again' }),
}); // prettier-ignore
type Wish = Omit<z.output<typeof input>, 'id'>;

const FIELDS = ['name', 'address', 'ca', 'facility', 'entries', 'state', 'cursor'] as const;
const differing = (row: StreamRow, wish: Wish) => FIELDS.filter((path) => wish[path] !== undefined && wish[path] !== row[path]);

/** Ahead of what has arrived it would leave entries out. */
function requireBack(row: StreamRow, { cursor = row.cursor }: Wish): void {
  if (cursor <= row.cursor) return;
  const fault = `it has come as far as link ${row.cursor}, and can be set back only`;
  throw new Problem('validation-failed', `The stream cannot go on from there: ${fault}.`, { errors: [{ pointer: '/cursor', message: fault }] });
}

export const auditStreamsUpdate = defineOperation({
  name: 'audit.streams.update',
  summary: 'Change, pause or resume a stream of the audit trail',
  description: 'While it is paused nothing is lost: it goes on where it was, for as long as retention keeps the entries.',
  permission: 'audit:stream',
  risk: 'write',
  route: { method: 'PATCH', path: '/audit/streams/{id}' },
  input,
  output: Stream,
  targets: async (ctx, { id: stream }) => streamTarget(await findStream(ctx, stream)),
  async plan(ctx, { id: stream, ...wish }) {
    const row = await findStream(ctx, stream);
    requireSeen(row, ctx);
    requireBack(row, wish);
    requireDestination(ctx, { kind: row.kind, address: wish.address ?? row.address, ca: wish.ca === undefined ? row.ca : wish.ca });
    const fields = differing(row, wish).map((path) => ({ path, before: row[path], after: wish[path] }));
    return {
      summary: `Change the stream ${row.name}`,
      changes: [{ action: 'update', type: 'auditStream', id: stream, name: row.name, fields }],
      reversible: 'Change it back.',
      observed: { [`auditStream:${stream}`]: String(row.version) },
    };
  },
  async run(ctx, { id: stream, ...wish }) {
    const row = await findStream(ctx, stream, true);
    requireSeen(row, ctx);
    requireBack(row, wish);
    requireDestination(ctx, { kind: row.kind, address: wish.address ?? row.address, ca: wish.ca === undefined ? row.ca : wish.ca });
    const at = ctx.now();
    const patch = Object.fromEntries(differing(row, wish).map((path) => [path, wish[path]]));
    // What kept it from arriving before says nothing of how it is set up now.
    const anew =
      wish.state !== undefined || wish.address !== undefined || wish.ca !== undefined ? { nextAt: at, failures: 0, error: null, failedAt: null } : {};
    const state = wish.state ?? (row.state === 'failing' && 'nextAt' in anew ? 'active' : row.state);
    const [saved] = await ctx.db
      .update(streams)
      .set({ ...patch, ...anew, state, version: row.version + 1, updatedAt: at })
      .where(and(eq(streams.tenantId, ctx.tenantId), eq(streams.id, stream)))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(wish.name ?? row.name) : error;
      });
    ctx.emit('audit.stream_updated', { streamId: stream, name: saved!.name, fields: differing(row, wish) });
    ctx.afterCommit(ctx.provider(Streaming).wake);
    return streamView(ctx, saved!);
  },
});
