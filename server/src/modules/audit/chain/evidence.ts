import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { desc, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Jobs } from '#kernel/jobs.ts';
import type { Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import type { Upkeep } from '#kernel/upkeep.ts';
import { beginExport, fileOf } from '../exports/store.ts';
import { makeMonths } from '../partitions.ts';
import type { Evidence } from '../providers/port.ts';
import { runRetention, type RetentionDeps } from '../retention/run.ts';
import { rulesOf, sight } from '../security/raise.ts';
import type { SecurityWatch } from '../security/watch.ts';
import { anchors, segments } from '../tables.ts';
import { anchorChain } from './anchor.ts';
import { runSealer, sealAll } from './sealer.ts';
import { checkerOf, createSigner } from './signing.ts';
import { chainIn } from './source.ts';
import { verifyChain, type Fault } from './verify.ts';

export interface EvidenceDeps {
  databases: Databases;
  jobs: Jobs;
  live: Live;
  now: Clock;
  log: Log;
  /** Of 32 bytes, for anchors alone. */
  seed: Uint8Array;
  upkeep: Upkeep;
  security?: SecurityWatch;
  /** For how long each tenant keeps its trail. */
  retentions: RetentionDeps['settings'];
}

/** The system's work on the trail; `run` begins to seal and answers what ends it. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createEvidence({
  databases,
  jobs,
  live,
  now,
  log,
  seed,
  upkeep,
  security,
  retentions,
}: EvidenceDeps): Evidence & { run: () => () => Promise<void> } {
  const signer = createSigner(seed);
  const check = checkerOf([signer]);

  const chains = (): Promise<string[]> =>
    databases.platform('list audit chains', async (db) => {
      const { rows } = await db.execute<{ id: string }>(sql`select distinct tenant_id as id from ${segments}`);
      return rows.map(({ id }) => id);
    });
  const lastAnchored = (tenantId: string): Promise<number> =>
    databases.tenant({ tenantId, readOnly: true }, async (db) => {
      const [last] = await db.select({ seq: anchors.seq }).from(anchors).where(eq(anchors.tenantId, tenantId)).orderBy(desc(anchors.seq)).limit(1);
      return last?.seq ?? 0;
    });

  async function broken(tenantId: string, fault: Fault): Promise<void> {
    log.error({ tenantId, ...fault }, 'an audit chain does not hold');
    await databases.platform('announce a broken audit chain', (db) =>
      appendEvents(db, tenantId, [{ type: 'audit.chain_broken', data: { ...fault } }], null),
    );
    for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
  }

  /** Whether the links of the chain hold from `from` on; whatever does not is announced. */
  async function holds(tenantId: string, from: number): Promise<boolean> {
    const { fault } = await databases.tenant({ tenantId, readOnly: true }, (db) => verifyChain(chainIn(db, tenantId), { from, check }));
    if (fault) await broken(tenantId, fault);
    return !fault?.kind.startsWith('links');
  }

  async function eachChain(work: (tenantId: string) => Promise<void>): Promise<void> {
    for (const tenantId of await chains())
      await work(tenantId).catch((error: unknown) => log.error({ err: error, tenantId }, 'work on an audit chain failed'));
  }

  async function seal(): Promise<void> {
    await sealAll(databases, now, security?.entries);
    await security?.lines(now());
    await security?.act();
  }

  async function anchor(): Promise<void> {
    await seal();
    await eachChain(async (tenantId) => {
      // A signature under links that were rewritten would vouch for them.
      if (!(await holds(tenantId, (await lastAnchored(tenantId)) + 1))) return;
      const signed = await anchorChain(databases, signer, tenantId, now());
      // The log of the process is the nearest place that whoever administers the database does not write.
      if (signed) log.info({ anchor: signed }, 'audit chain anchored');
    });
  }

  return {
    signer,
    check,
    broken,
    seal,
    anchor,
    verifyAll: () => eachChain(async (tenantId) => void (await holds(tenantId, 1))),
    sighted: (tenantId, type, sighting) =>
      databases.platform('count an announcement', async (db) => {
        for (const rule of await rulesOf(db, tenantId)) if (rule.event?.includes(type)) await sight(db, tenantId, rule, sighting);
      }),
    beginExport: (wanted) => beginExport({ databases, jobs }, wanted),
    fileOf: (row) => fileOf(databases, row),
    retain: () => runRetention({ databases, upkeep, signer, now, log, anchor, settings: retentions }),
    makeMonths: () => makeMonths(upkeep, now()),
    run: () => runSealer(databases, live, now, (err) => log.error({ err }, 'audit entries could not be sealed'), security),
  };
}
