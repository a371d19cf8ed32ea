import type { Database, Databases } from '#kernel/database.ts';
import type { AuditRow } from '../tables.ts';
import { announceRefusals } from './announce.ts';
import { matches, RULES } from './rules.ts';
import { rulesOf, sight, type Consequence, type Sighting } from './raise.ts';

/** A line in the trail of a person, with the tenants they work in. */
export interface PersonalLine {
  id: string;
  userId: string;
  name: string;
  kind: string;
  at: Date;
  ip: string | null;
  tenantIds: readonly string[];
}
export type LinesSince = (db: Database, since: Date, kinds: readonly string[]) => Promise<PersonalLine[]>;
/** Ends what a person has open in a tenant. */
export type EndSessions = (tenantId: string, userId: string) => Promise<void>;

export interface SecurityDeps {
  databases: Databases;
  linesSince: LinesSince;
  endSessions: EndSessions;
  /** Does one come in by this operation? */
  isSignIn: (operation: string) => boolean;
  onError: (error: Error) => void;
}

const sightingOf = (entry: AuditRow): Sighting => ({
  sourceId: entry.id,
  at: entry.at,
  actorId: entry.actorId,
  actorName: entry.actorName,
  ip: entry.ip,
  facts: { operation: entry.operation, result: entry.result, code: entry.reason?.code ?? null, surface: entry.surface },
  times: entry.occurrences,
});

/** Kinds of lines that any rule looks at. */
const KINDS = RULES.flatMap(({ activity }) => activity ?? []);
/** Lines are written with what they tell of, which may take its time to commit. */
const LOOK_BACK_MS = 15 * 60_000;

export interface SecurityWatch {
  /** Entries that are being sealed, in the sealer's transaction. */
  entries: (db: Database, tenantId: string, entries: readonly AuditRow[]) => Promise<void>;
  /** Lines of persons that are new. */
  lines: (at: Date) => Promise<void>;
  /** Does what rules ask for beside raising events. */
  act: () => Promise<void>;
}

export function createSecurityWatch({ databases, linesSince, endSessions, isSignIn, onError }: SecurityDeps): SecurityWatch {
  const due: Consequence[] = [];
  const note = (consequence: Consequence | undefined): void => void (consequence && due.push(consequence));
  let looked: Date | undefined;

  return {
    async entries(db, tenantId, entries) {
      await announceRefusals(db, tenantId, entries, isSignIn);
      // Nearly all entries count for nothing; settings are read only when one does.
      const counting = entries.filter((entry) => entry.actorKind !== 'system' && RULES.some((rule) => matches(rule, entry)));
      if (counting.length === 0) return;
      for (const rule of await rulesOf(db, tenantId))
        for (const entry of counting) if (matches(rule, entry)) note(await sight(db, tenantId, rule, sightingOf(entry)));
    },
    async lines(at) {
      const since = new Date((looked ?? new Date(at.getTime() - 24 * 3_600_000)).getTime() - LOOK_BACK_MS);
      await databases.platform('look at the trails of persons', async (db) => {
        for (const { id, userId, name, kind, at: when, ip, tenantIds } of await linesSince(db, since, KINDS)) {
          const sighting: Sighting = { sourceId: id, at: when, actorId: userId, actorName: name, ip, facts: { kind }, times: 1 };
          for (const tenantId of tenantIds)
            for (const rule of await rulesOf(db, tenantId)) if (rule.activity?.includes(kind)) note(await sight(db, tenantId, rule, sighting));
        }
      });
      looked = at;
    },
    async act() {
      for (const { tenantId, userId } of due.splice(0)) await endSessions(tenantId, userId).catch(onError);
    },
  };
}
