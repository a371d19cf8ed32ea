import type { Databases } from '#kernel/database.ts';
import { eq, and } from '#kernel/drizzle.ts';
import type { Live } from '#kernel/live.ts';
import type { Answer, Engine } from '../providers/port.ts';
import { executions, type ExecutionRow } from './tables.ts';

/** Milliseconds for which an answer that nobody has fetched is kept. */
const KEPT = 60_000;
const POLL = 1_000;

interface Slot {
  answer: Answer | undefined;
  waiting: Set<() => void>;
  forget: NodeJS.Timeout;
}

export const executionTopic = (executionId: string): string => `execution:${executionId}`;

/** Whoever waits for the answer of an execution. Those that this process runs say it by themselves; of others the database is read. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createAnswers({ databases, live }: { databases: Databases; live: Live }) {
  const slots = new Map<string, Slot>();
  const tenants = new Map<string, string>();

  const slotOf = (id: string): Slot => {
    let slot = slots.get(id);
    if (!slot) {
      const forget = setTimeout(() => slots.delete(id), KEPT).unref();
      slots.set(id, (slot = { answer: undefined, waiting: new Set(), forget }));
    }
    return slot;
  };

  async function read(id: string): Promise<Answer | undefined> {
    const tenantId = tenants.get(id);
    if (tenantId === undefined) return undefined;
    const { status, outputs, error, response, endedAt } = executions;
    const [row] = await databases.tenant({ tenantId, readOnly: true }, (db) => db.select({ status, outputs, error, response, endedAt }).from(executions).where(and(eq(executions.tenantId, tenantId), eq(executions.id, id)))); // prettier-ignore
    return row && (row.endedAt || row.response) ? answerOf(id, row) : undefined;
  }

  const fits = (answer: Answer | undefined, until: 'response' | 'end'): answer is Answer =>
    answer !== undefined && (ENDED.has(answer.status) || (until === 'response' && answer.response !== undefined));

  const answered: Engine['answered'] = async (id, until, timeoutMs) => {
    const slot = slotOf(id);
    const end = Date.now() + timeoutMs;
    let looks = 0;
    const stop = live.subscribe(executionTopic(id), () => slot.waiting.forEach((wake) => wake()));
    try {
      for (;;) {
        if (!fits(slot.answer, until) && looks > 0) slot.answer = (await read(id)) ?? slot.answer;
        if (fits(slot.answer, until)) return slot.answer;
        const left = end - Date.now();
        if (left <= 0) return undefined;
        looks += 1;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            clearTimeout(timer);
            slot.waiting.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, Math.min(left, looks === 1 ? 50 : POLL));
          slot.waiting.add(wake);
        });
      }
    } finally {
      stop();
      if (slot.waiting.size === 0) {
        clearTimeout(slot.forget);
        slots.delete(id);
        tenants.delete(id);
      }
    }
  };

  return {
    answered,
    /** Somebody will ask for it, or asks already. */
    expect(id: string, tenantId: string, awaited: boolean) {
      if (tenants.size > 20_000) tenants.delete(tenants.keys().next().value!);
      tenants.set(id, tenantId);
      if (awaited) slotOf(id);
    },
    isAwaited: (id: string): boolean => slots.has(id),
    tell(row: Pick<ExecutionRow, 'id'>, said: Parameters<typeof answerOf>[1]) {
      const slot = slots.get(row.id);
      if (!slot) return;
      slot.answer = answerOf(row.id, said);
      for (const wake of slot.waiting) wake();
    },
  };
}
export type Answers = ReturnType<typeof createAnswers>;

const ENDED: ReadonlySet<string> = new Set(['completed', 'partial_success', 'failed', 'timed_out', 'cancelled']);

const answerOf = (executionId: string, { status, outputs, error, response }: Pick<ExecutionRow, 'status' | 'outputs' | 'error' | 'response'>): Answer => ({
  executionId, status, outputs: outputs ?? null, error: (error ?? null) as unknown as Answer['error'], ...(response ? { response } : {}),
}); // prettier-ignore
