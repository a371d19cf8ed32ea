import type { Database, Databases } from '#kernel/database.ts';
import type { AuditEntry, Steps } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import { auditEntries } from './tables.ts';

type NewRow = typeof auditEntries.$inferInsert;

const rowOf = (entry: AuditEntry, occurrences = 1): NewRow => ({
  tenantId: entry.actor.tenantId,
  id: newId(),
  decisionId: entry.decisionId,
  at: entry.at,
  actorKind: entry.actor.kind,
  actorId: entry.actor.id,
  actorName: entry.actor.name,
  actorEmail: entry.actor.email,
  credentialId: entry.actor.credentialId,
  ip: entry.actor.ip,
  surface: entry.surface,
  operation: entry.operation,
  permission: entry.permission,
  risk: entry.risk,
  result: entry.result,
  reason: entry.reason,
  targets: [...entry.targets],
  grantId: entry.grantId,
  rules: [...entry.rules],
  inputHash: entry.inputHash,
  changeId: entry.changeId,
  requestId: entry.requestId,
  comment: entry.comment,
  durationMs: entry.durationMs,
  timings: entry.timings,
  sensitive: entry.sensitive,
  occurrences,
});

const FLUSH_MS = 200;
const BATCH = 500;
/** Beyond this many waiting entries the Gate waits: better slow than without a trace. */
const FULL = 10_000;
const DENIALS_A_MINUTE = 20;

export interface AuditWriter {
  steps: Steps['audit'];
  /** Writes what is waiting; at shutdown. */
  flush: () => Promise<void>;
}

/** Denials by one actor for one reason, beyond 20 in a minute, become one entry with a count. */
function createAggregator() {
  const seen = new Map<string, { minute: number; count: number }>();
  /** How often this denial has been seen in its minute; 0 when it need not be kept. */
  return (entry: AuditEntry): number => {
    if (entry.result !== 'denied') return 1;
    const minute = Math.floor(entry.at.getTime() / 60_000);
    const key = [entry.actor.tenantId, entry.actor.id, entry.operation, entry.reason?.code].join(' ');
    const found = seen.get(key);
    if (!found || found.minute !== minute) {
      if (seen.size > 10_000) seen.clear();
      seen.set(key, { minute, count: 1 });
      return 1;
    }
    found.count++;
    // Above the limit only each power of two is kept, so the count is known within a factor of two at every moment.
    return found.count <= DENIALS_A_MINUTE ? 1 : Number.isInteger(Math.log2(found.count)) ? found.count : 0;
  };
}

/** Evidence of what the Gate decided. Writes go with the effect; reads go in batches, within a fifth of a second. */
export function createAuditWriter(databases: Databases, onError: (error: Error) => void): AuditWriter {
  let waiting: NewRow[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const timesSeen = createAggregator();

  async function writeAll(rows: readonly NewRow[]): Promise<void> {
    for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenantId)) {
      for (let at = 0; at < mine.length; at += BATCH)
        await databases.tenant({ tenantId }, (db) => db.insert(auditEntries).values(mine.slice(at, at + BATCH)));
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const entries = waiting;
    waiting = [];
    if (entries.length > 0) {
      flushing = flushing.then(() => writeAll(entries)).catch((error: Error) => {
        onError(error);
        waiting = [...entries, ...waiting]; // tried again with the next flush
        timer ??= setTimeout(() => void flush(), 1_000);
      }); // prettier-ignore
    }
    return flushing;
  }

  return {
    steps: {
      write: async (db: Database, entry) => void (await db.insert(auditEntries).values(rowOf(entry))),
      async later(entry) {
        const occurrences = timesSeen(entry);
        if (occurrences === 0 || !entry.actor.tenantId) return;
        waiting.push(rowOf(entry, occurrences));
        timer ??= setTimeout(() => void flush(), FLUSH_MS);
        if (waiting.length > FULL) await flush();
      },
    },
    flush,
  };
}
