import type { Counters } from '#kernel/counters.ts';
import type { Gate } from '#kernel/gate.ts';
import type { Adapters } from '#kernel/port.ts';
import type { Parts, People } from './core.ts';
import { callbackAdapters, callbackJob } from './execution-callbacks.ts';
import { aftermathFanOut, aftermathJob, executionAdapters, type ContextFor } from './executions.ts';
import { publishedIn } from './published.ts';
import { wireTriggers, type TriggerOptions } from './triggers.ts';
import { workflowSurroundings } from './workflow-surroundings.ts';
import { wireWorkflows, type WorkflowOptions } from './workflows.ts';

export interface AutomationOptions {
  /** Where callers of workflows reach us. */
  triggers?: TriggerOptions | undefined;
  /** How executions of workflows are carried on. */
  workflows?: Omit<WorkflowOptions, 'factor'> | undefined;
  /** Multiplies limits, for load tests. */
  rateLimitFactor?: number | undefined;
}

interface Around {
  databaseUrl: string;
  masterKey: Uint8Array;
  adapters: () => Adapters;
  gate: () => Gate;
  counters: Counters;
}

/** Workflows in this process: what starts them, what carries them on, and what follows their end. */
export function wireAutomation(parts: Parts, people: People, around: Around, { rateLimitFactor: factor = 1, ...options }: AutomationOptions) {
  const { adapters, gate, counters } = around;
  const executions = wireWorkflows(parts, people, { ...around, counters: () => counters }, { factor, ...options.workflows });
  const triggers = wireTriggers(parts, people, counters, { factor, ...options.triggers }, adapters);
  return {
    adapters: [
      workflowSurroundings(parts, people, adapters),
      ...executions.adapters,
      ...executionAdapters(parts, people, gate),
      ...callbackAdapters(parts),
      ...triggers.adapters,
    ],
    hooks: triggers.hooks,
    /** Workflows that tenants call as Operations of their own. */
    published: publishedIn(parts, people.permit),
    /** Their parts in the dispatch of events. */
    fanOuts: [executions.fanOut, triggers.fanOut, aftermathFanOut(parts)].filter((one) => one !== undefined),
    /** What follows the end of an execution, by queue. */
    jobs: (contextFor: ContextFor) =>
      [
        ['aftermath', aftermathJob(parts, adapters(), contextFor)],
        ['callback', callbackJob(parts, adapters())],
      ] as const,
    async work(): Promise<void> {
      await executions.work();
      triggers.work();
    },
    /** Answers how many executions had to be broken off. */
    async stop(deadlineMs: number): Promise<number> {
      await triggers.stop();
      return executions.stop(deadlineMs);
    },
  };
}
