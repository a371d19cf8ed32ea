import type { Actor } from './context.ts';
import type { AuditEntry, Call, RateState } from './gate-steps.ts';
import type { AnyOperation, Risk, Target } from './operation.ts';
import type { Problem } from './problem.ts';

export type Stage =
  | 'authenticate'
  | 'tenant'
  | 'rateLimit'
  | 'permission'
  | 'validate'
  | 'targets'
  | 'scope'
  | 'policy'
  | 'plan'
  | 'change'
  | 'run'
  | 'audit';

/** What is known of a call while it passes the Gate; becomes its audit entry and decision record. */
export class Trace {
  stage: Stage = 'authenticate';
  actor: Actor | undefined;
  rate: RateState | null = null;
  risk: Risk;
  targets: readonly Target[] = [];
  grantId: string | null = null;
  rules: readonly string[] = [];
  inputHash = '';
  changeId: string | null = null;
  warnings: readonly string[] = [];
  readonly timings: Record<string, number> = {};
  readonly started = performance.now();
  readonly decisionId: string;
  readonly operation: AnyOperation;
  readonly call: Call;
  readonly at: Date;

  constructor(decisionId: string, operation: AnyOperation, call: Call, at: Date) {
    this.decisionId = decisionId;
    this.operation = operation;
    this.call = call;
    this.at = at;
    this.risk = operation.risk;
  }

  async time<T>(stage: Stage, work: () => T | Promise<T>): Promise<T> {
    this.stage = stage;
    const from = performance.now();
    const result = await work();
    this.spend(stage, from);
    return result;
  }

  /** The same for what waits for nothing. */
  timeNow<T>(stage: Stage, work: () => T): T {
    this.stage = stage;
    const from = performance.now();
    const result = work();
    this.spend(stage, from);
    return result;
  }

  private spend(stage: Stage, from: number): void {
    this.timings[stage] = (this.timings[stage] ?? 0) + performance.now() - from;
  }
}

const UNKNOWN: Actor = {
  kind: 'anonymous',
  id: 'unknown',
  name: 'unknown',
  email: null,
  tenantId: '',
  tenantSlug: '',
  credentialId: null,
  permissionCap: null,
  ip: null,
};

/** Why a call was refused, as the trail keeps it. */
export function reasonOf({ slug, message, extras }: Problem, stage: string): NonNullable<AuditEntry['reason']> {
  const { policyId } = extras;
  return { stage, code: slug, text: message, ...(typeof policyId === 'string' ? { policyId } : {}) };
}

export function entryOf(trace: Trace, result: AuditEntry['result'], problem?: Problem): AuditEntry {
  const { operation, call } = trace;
  return {
    decisionId: trace.decisionId,
    requestId: call.requestId,
    actor: trace.actor ?? UNKNOWN,
    surface: call.surface,
    operation: operation.name,
    permission: operation.permission,
    risk: trace.risk,
    sensitive: operation.sensitive === true || trace.risk !== 'read',
    result,
    reason: problem ? reasonOf(problem, trace.stage) : null,
    targets: trace.targets,
    grantId: trace.grantId,
    rules: trace.rules,
    inputHash: trace.inputHash,
    changeId: trace.changeId,
    comment: call.envelope.comment ?? null,
    at: trace.at,
    durationMs: performance.now() - trace.started,
    timings: trace.timings,
  };
}
