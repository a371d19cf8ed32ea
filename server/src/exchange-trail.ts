import { newId } from '#kernel/ids.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { createAuditWriter } from '#modules/audit/writer.ts';
import type { StatusTrail } from '#modules/exchange/joining/port.ts';
import type { Parts } from './core.ts';

/** Steps of join requests: the entry of a call says that it was made, these say what became of it, also hours later and by the clock. */
export function statusTrail({ databases, log }: Pick<Parts, 'databases' | 'log'>): StatusTrail {
  const { steps } = createAuditWriter(databases, (err) => log.error({ err }, 'audit'));
  return {
    async write({ db, actor, changeId, now }, { targets, from, to, rule }) {
      const source = rule === null ? '' : `; decision_source: policy, rule: ${rule}`;
      const entry: AuditEntry = {
        decisionId: newId(),
        requestId: newId(),
        actor,
        surface: 'internal',
        operation: 'exchange.requests.status',
        permission: 'exchangeRequests:read',
        risk: 'write',
        sensitive: false,
        result: 'success',
        reason: null,
        targets,
        grantId: null,
        rules: rule === null ? [] : [rule],
        inputHash: '',
        changeId,
        comment: `${from ?? 'new'} → ${to}${source}`,
        at: now(),
        durationMs: 0,
        timings: {},
      };
      await steps.write(db, entry);
    },
  };
}
