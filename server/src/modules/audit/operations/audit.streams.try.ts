import { z } from 'zod';
import { createBerths } from '#kernel/berths.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import { Streaming } from '../streams/port.ts';
import { id } from '../streams/schemas.ts';
import { findStream, streamTarget } from '../streams/store.ts';

/** Each holds a connection of the database for as long as its receiver takes. */
const berth = createBerths(
  { each: 1, all: 3 },
  () => new Problem('rate-limited', 'Other tests are still waiting for their receivers. Try again in a few seconds.', { retryAfterSeconds: 5 }),
);
const PATIENCE = 15_000;

// The file is not called after the operation, since `.test.ts` is what tests are called.
export const auditStreamsTest = defineOperation({
  name: 'audit.streams.test',
  summary: 'Send a test message to where the audit trail is streamed, and show whether it arrives',
  description: 'One message that is of no entry, sent once, whatever the state of the stream.',
  permission: 'audit:stream',
  // It changes nothing; a write, because it makes a call to a host that somebody named.
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/audit/streams/{id}/test' },
  input: z.object({ id }),
  output: z.object({ ok: z.boolean(), ms: z.int(), error: z.string().nullable() }),
  targets: async (ctx, { id: stream }) => streamTarget(await findStream(ctx, stream)),
  async run(ctx, { id: stream }) {
    const { carrier, destination } = ctx.provider(Streaming);
    const to = await destination(ctx.db, await findStream(ctx, stream));
    const from = performance.now();
    const { fault } = await berth(ctx.tenantId, () => carrier.hello(to, AbortSignal.timeout(PATIENCE)));
    return { ok: fault === null, ms: Math.round(performance.now() - from), error: fault === null ? null : scrub(fault, ctx.tenantId) };
  },
});
