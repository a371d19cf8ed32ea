import { and, asc, eq } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import type { Outside } from '../controllers/talk.ts';
import { participants, type ParticipantRow } from '../tables.ts';
import { isDue, type PeeringdbFacts } from './facts.ts';
import { NetworkFacts } from './port.ts';
import './problems.ts';

const AT_ONCE = 25;

/** As JSON has it: a field that is left out is none. */
const same = (one: PeeringdbFacts | null, other: PeeringdbFacts | null): boolean =>
  one === other || (one !== null && other !== null && Object.entries(one).every(([key, value]) => other[key as keyof PeeringdbFacts] === value));

type Changes = Pick<ParticipantRow, 'peeringdbTriedAt' | 'peeringdbProblem'> & Partial<Pick<ParticipantRow, 'peeringdb' | 'peeringdbAt'>>;
const write = ({ tx, now }: Outside, { id, asn, peeringdb }: ParticipantRow, changes: Changes): Promise<ParticipantRow> =>
  tx(async ({ db, tenantId, emit }) => {
    const here = and(eq(participants.tenantId, tenantId), eq(participants.id, id));
    const [row] = await db.update(participants).set({ ...changes, updatedAt: now() }).where(here).returning(); // prettier-ignore
    if (changes.peeringdb !== undefined && !same(peeringdb, changes.peeringdb)) emit('exchange.participant.updated', { id, asn });
    return row!;
  });

/** Asks PeeringDB about one network. What it says is kept beside what people set; when it says nothing, what it said before is. */
export async function refreshFacts(outside: Outside, row: ParticipantRow, signal?: AbortSignal): Promise<ParticipantRow> {
  const at = { peeringdbTriedAt: outside.now() };
  try {
    const facts = await outside.provider(NetworkFacts).of(row.asn, signal);
    if (facts === null) throw new Problem('peeringdb-network-unknown', `PeeringDB knows no AS${row.asn}.`);
    return await write(outside, row, { ...at, peeringdb: facts, peeringdbAt: outside.now(), peeringdbProblem: null });
  } catch (error) {
    const { slug } = asProblem(error);
    if (slug === 'internal') throw error;
    await write(outside, row, { ...at, peeringdbProblem: slug });
    throw error;
  }
}

/** By the clock: those that were not asked about for a day, a few at once. */
export async function watchFacts(job: TenantJob): Promise<void> {
  if (!job.provider(NetworkFacts).isConfigured) return;
  const rows = await job.tx(({ db, tenantId }) => db.select().from(participants).where(eq(participants.tenantId, tenantId)).orderBy(asc(participants.asn))); // prettier-ignore
  for (const row of rows.filter((one) => isDue(one, job.now())).slice(0, AT_ONCE))
    await refreshFacts(job, row).catch((error: unknown) => {
      // It is written on the network.
      if (!(error instanceof Problem)) throw error;
    });
}
