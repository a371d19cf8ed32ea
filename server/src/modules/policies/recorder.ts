import type { Databases } from '#kernel/database.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import type { Risk } from '#kernel/operation.ts';
import type { EngineFacts, Phase, Ruling } from './engine/index.ts';
import { isSameOutcome, outcomeOf, type KeptRuling } from './kept.ts';
import { policyDecisions, policyShadowDifferences } from './tables.ts';

/** One decision with all it rested on. */
export interface Decided {
  tenantId: string;
  decisionId: string;
  at: Date;
  operation: string;
  risk: Risk;
  actorId: string;
  phase: Phase;
  dryRun: boolean;
  facts: EngineFacts;
  ruling: KeptRuling;
}
export interface Differing {
  setId: string;
  number: number;
  candidate: KeptRuling;
}

interface Waiting {
  decided: Decided;
  differing: readonly Differing[];
  events: Emitted[];
}

const FLUSH_MS = 10;
/** What is kept serves explanation and replay, not evidence (that is the audit trail): beyond this many it is let go rather than wait for. */
const FULL = 5_000;
const MAX_INPUT = 65_536;

/** Far spans of calendars say nothing of a decision made now. */
const NEAR_MS = 7 * 86_400_000;

/** A large input is not kept: rules on it cannot be replayed, and say so. */
function kept(facts: EngineFacts): EngineFacts {
  const horizon = new Date(new Date(facts.now).getTime() + NEAR_MS).toISOString();
  const near = Object.entries(facts.calendars ?? {}).map(([name, spans]) => [name, spans.filter(({ from }) => from < horizon)] as const);
  const { input, ...rest } = { ...facts, calendars: Object.fromEntries(near) };
  return input === undefined || JSON.stringify(input).length > MAX_INPUT ? rest : { ...rest, input };
}

/** One announcement a minute for each rule, person and operation, however often they run into it. */
function createDamper() {
  const told = new Map<string, number>();
  return (key: string, at: Date): boolean => {
    const minute = Math.floor(at.getTime() / 60_000);
    if (told.get(key) === minute) return false;
    if (told.size > 10_000) told.clear();
    told.set(key, minute);
    return true;
  };
}

/** Refusals that break a rule; the others ask the caller for something more. */
const BREAKS: ReadonlySet<string> = new Set(['policy-denied', 'outside-window', 'rate-limited']);

/** What rules of type notify want told, to whom, once for each call that was let through. */
const noticesOf = ({ decisionId, operation, actorId, dryRun }: Decided, notices: Ruling['notify']): Emitted[] =>
  dryRun
    ? []
    : notices.map(({ rule, text, to, channels }) => ({
        type: 'policy.notified',
        data: { decisionId, operation, actorId, policyId: rule, text, to, channels: channels ?? null },
      }));

const severityOf = ({ matched }: KeptRuling, rule: string): string => matched.find(({ policy }) => policy === rule)?.severity ?? 'medium';

/** Keeps decisions beside the calls, in batches: no call waits for it. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createRecorder({ databases, live, onError }: { databases: Databases; live: Live; onError: (error: Error) => void }) {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const isNews = createDamper();

  function eventsOf({ decided, differing }: Omit<Waiting, 'events'>): Emitted[] {
    const { tenantId, decisionId, operation, actorId, at, ruling, facts } = decided;
    const found: Emitted[] = [];
    const about = { decisionId, operation, actorId, environment: facts.environment ?? null };
    const { denied } = ruling;
    if (denied && BREAKS.has(denied.slug) && isNews(`violated ${tenantId} ${denied.rule} ${actorId} ${operation}`, at))
      found.push({
        type: 'policy.violated',
        data: { ...about, policyId: denied.rule, code: denied.slug, severity: severityOf(ruling, denied.rule) },
      });
    for (const { setId, number, candidate } of differing)
      if (isNews(`shadow ${tenantId} ${setId} ${number} ${operation}`, at))
        found.push({ type: 'policy.shadow_diff', data: { ...about, setId, number, active: outcomeOf(ruling), candidate: outcomeOf(candidate) } });
    return found;
  }

  async function writeTenant(tenantId: string, mine: readonly Waiting[]): Promise<void> {
    const announced = mine.flatMap(({ events }) => events);
    await databases.tenant({ tenantId }, async (db) => {
      const rows = mine.map(({ decided: { facts, ruling, ...rest } }) => ({
        id: newId(),
        ...rest,
        effect: ruling.effect,
        facts: kept(facts),
        ruling,
      }));
      await db.insert(policyDecisions).values(rows);
      const differences = mine.flatMap(({ decided, differing }) =>
        differing.map(({ setId, number, candidate }) => ({
          tenantId, id: newId(), setId, number, decisionId: decided.decisionId, at: decided.at, operation: decided.operation,
          actorId: decided.actorId, phase: decided.phase, active: decided.ruling, candidate,
        })),
      ); // prettier-ignore
      if (differences.length > 0) await db.insert(policyShadowDifferences).values(differences);
      await appendEvents(db, tenantId, announced, null);
    });
    if (announced.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = Map.groupBy(waiting, ({ decided }) => decided.tenantId);
    waiting = [];
    const before = flushing;
    const write = async (): Promise<void> => {
      await before;
      for (const [tenantId, mine] of batch) await writeTenant(tenantId, mine).catch(onError);
    };
    flushing = write();
    return flushing;
  }

  return {
    keep(decided: Decided, differing: readonly Differing[] = [], notices: Ruling['notify'] = []): void {
      if (waiting.length >= FULL) return;
      const differs = differing.filter(({ candidate }) => !isSameOutcome(outcomeOf(decided.ruling), outcomeOf(candidate)));
      waiting.push({ decided, differing: differs, events: [...eventsOf({ decided, differing: differs }), ...noticesOf(decided, notices)] });
      timer ??= setTimeout(() => void flush(), FLUSH_MS);
    },
    /** Writes what is waiting; at shutdown. */
    flush,
  };
}
export type Recorder = ReturnType<typeof createRecorder>;
