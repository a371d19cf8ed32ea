import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { AuditEntry, Steps } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { isAnythingTainted, scrub, scrubValue } from '#kernel/taint.ts';
import type { Kept } from './tables.ts';

/** A thousandth of a millisecond is as fine as anyone looks, and short numbers are written faster. */
const rounded = (ms: number): number => Math.round(ms * 1_000) / 1_000;
const roundedAll = (timings: Record<string, number>): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const name in timings) found[name] = rounded(timings[name]!);
  return found;
};

/** Reads of nothing sensitive that were let through are kept shortly; denials and all else are evidence. */
const keptOf = ({ risk, sensitive, result }: AuditEntry): Kept => (risk === 'read' && !sensitive && result !== 'denied' ? 'reads' : 'evidence');

/** What people and outside systems worded may hold a secret's value; who did what to which is never masked. */
const targetsOf = ({ targets, actor: { tenantId } }: AuditEntry): AuditEntry['targets'] =>
  targets.map(({ name, labels, ...rest }) => ({ ...rest, ...scrubValue({ ...(name === undefined ? {} : { name }), ...(labels === undefined ? {} : { labels }) }, tenantId) })); // prettier-ignore
const reasonOf = ({ reason, actor: { tenantId } }: AuditEntry): AuditEntry['reason'] => reason && { ...reason, text: scrub(reason.text, tenantId) };

/** An entry as its row, by the names of the columns; the id is given when it comes in, so that order by id is order by time. */
const rowOf = (entry: AuditEntry, roles: readonly string[], occurrences: number) => ({
  tenant_id: entry.actor.tenantId,
  id: newId(),
  decision_id: entry.decisionId,
  at: entry.at.toISOString(),
  actor_kind: entry.actor.kind,
  actor_id: entry.actor.id,
  actor_name: entry.actor.name,
  actor_email: entry.actor.email,
  roles,
  credential_id: entry.actor.credentialId,
  ip: entry.actor.ip,
  surface: entry.surface,
  operation: entry.operation,
  permission: entry.permission,
  risk: entry.risk,
  result: entry.result,
  reason: isAnythingTainted() ? reasonOf(entry) : entry.reason,
  targets: isAnythingTainted() ? targetsOf(entry) : entry.targets,
  grant_id: entry.grantId,
  rules: entry.rules,
  input_hash: entry.inputHash,
  change_id: entry.changeId,
  approval_id: entry.approvalId ?? null,
  approver_ids: entry.approverIds ?? [],
  job_id: entry.jobId ?? null,
  request_id: entry.requestId,
  comment: entry.comment === null ? null : scrub(entry.comment, entry.actor.tenantId),
  duration_ms: rounded(entry.durationMs),
  timings: roundedAll(entry.timings),
  sensitive: entry.sensitive,
  occurrences,
  kept: keptOf(entry),
});

/** NUL and halves of characters, as texts that were cut off have them: JSON carries what no database keeps. */
const UNKEPT = /\\u(?:0000|d[89a-f])/i;
const kept = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value);

/** As text from the start: entries that wait as objects are copied by every garbage collection until they are written. */
function jsonOf(entry: AuditEntry, roles: readonly string[], occurrences = 1): string {
  const row = rowOf(entry, roles, occurrences);
  const text = JSON.stringify(row);
  return UNKEPT.test(text) ? JSON.stringify(row, kept) : text;
}

/**
 * One statement for any number of rows, so that it is written and planned once per connection: every call of the product comes by
 * here. A batch that is tried again after its answer was lost may be there already. What is new waits for the sealer from the same
 * moment on: neither is ever there without the other.
 */
const INSERT = {
  name: 'audit_insert',
  text: `with made as (insert into audit_entries select * from json_populate_recordset(null::audit_entries, $1) on conflict do nothing returning tenant_id, id)
    insert into audit_unsealed select tenant_id, id from made`,
};
const insert = async (db: Database, rows: readonly string[]): Promise<void> => {
  await db.$client.query({ ...INSERT, values: [`[${rows.join(',')}]`] });
};

/** Often and little: a batch that waits longer is larger, and holds up who calls while it is written. */
const FLUSH_MS = 10;
const BATCH = 500;
/** Beyond this many waiting entries the Gate waits, and then refuses: better no answer than none of its trace. */
const FULL = 10_000;
const DENIALS_A_MINUTE = 20;

interface Waiting {
  tenantId: string;
  row: string;
}

export interface AuditWriter {
  steps: Steps['audit'];
  /** Writes what is waiting; at shutdown. */
  flush: () => Promise<void>;
  /** Entries that wait to be written. */
  depth: () => number;
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

/** Evidence of what the Gate decided. Writes go with the effect; reads go in batches, within a hundredth of a second. */
export function createAuditWriter(
  databases: Databases,
  onError: (error: Error) => void,
  rolesOf: (actor: Actor) => readonly string[] = () => [],
  observe: (seconds: number) => void = () => undefined,
): AuditWriter {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const timesSeen = createAggregator();

  const timed = async (db: Database, rows: readonly string[]): Promise<void> => {
    const from = performance.now();
    await insert(db, rows);
    observe((performance.now() - from) / 1_000);
  };

  async function writeAll(entries: readonly Waiting[]): Promise<void> {
    for (const [tenantId, mine] of Map.groupBy(entries, (entry) => entry.tenantId)) {
      const rows = mine.map(({ row }) => row);
      for (let at = 0; at < rows.length; at += BATCH) await databases.tenant({ tenantId }, (db) => timed(db, rows.slice(at, at + BATCH)));
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
      write: (db, entry) => timed(db, [jsonOf(entry, rolesOf(entry.actor))]),
      async later(entry) {
        const occurrences = timesSeen(entry);
        if (occurrences === 0 || !entry.actor.tenantId) return;
        waiting.push({ tenantId: entry.actor.tenantId, row: jsonOf(entry, rolesOf(entry.actor), occurrences) });
        timer ??= setTimeout(() => void flush(), FLUSH_MS);
        if (waiting.length <= FULL) return;
        await flush();
        if (waiting.length > FULL)
          throw new Problem('dependency-unavailable', 'The audit trail cannot be written. Try again in a moment.', { retryAfterSeconds: 5 });
      },
    },
    flush,
    depth: () => waiting.length,
  };
}
