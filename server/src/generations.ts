import type { Counters } from '#kernel/counters.ts';
import { provide, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { Generations, keepGeneration } from '#modules/workflows/generation/generations.ts';
import type { Parts } from './core.ts';

/** What AI-assisted creation of workflows asks of the process: requests are counted over all processes, and what a model made is written down. */
export const generationAdapter = ({ databases }: Pick<Parts, 'databases'>, counters: () => Counters, factor: number): readonly [Port<unknown>, unknown] =>
  provide(Generations, {
    async count(tenantId, perMinute) {
      const limit = Math.max(1, Math.round(perMinute * factor));
      const { allowed, tightest } = await counters().take(tenantId, [{ key: 'tenant', name: 'ai-generation', limit, seconds: 60 }]);
      if (allowed) return;
      const retryAfterSeconds = Math.max(1, Math.ceil(tightest.waitMs / 1_000));
      throw new Problem('rate-limited', `No more than ${limit} requests for what is made from words are taken within a minute. Wait ${retryAfterSeconds} s.`, { retryAfterSeconds, limit });
    },
    keep: (row) => databases.tenant({ tenantId: row.tenantId, actorId: row.actorId, operation: 'keep generation' }, (db) => keepGeneration(db, row)),
  }); // prettier-ignore
