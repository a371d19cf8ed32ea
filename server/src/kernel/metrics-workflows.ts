import { Counter, Histogram, type Registry } from 'prom-client';

/** What happens to executions of workflows; seconds everywhere. */
export interface WorkflowMetrics {
  ended: (status: string, trigger: string, seconds: number) => void;
  /** One run of a node ended. */
  node: (type: string, seconds: number) => void;
  /** One call of a tool by an agent ended. */
  tool: (outcome: string) => void;
  /** A checkpoint. */
  written: (seconds: number) => void;
  /** A wait for a turn. */
  waited: (seconds: number) => void;
  /** Taken up from a worker that was gone. */
  recovered: () => void;
  inDoubt: () => void;
  /** A schedule started something so long after it was due. */
  late: (seconds: number) => void;
  /** A request to where nobody may go. */
  egressDenied: () => void;
  script: (seconds: number) => void;
}

const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5];
const LONG = [0.01, 0.05, 0.25, 1, 5, 30, 300, 3_600, 86_400];

/** Figures of the engine of workflows (workflows.md 17). No tenant and no workflow is named in a label. */
export function workflowMetrics(registers: Registry[]): WorkflowMetrics {
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []): Histogram =>
    new Histogram({ name, help, buckets, labelNames, registers });
  const counter = (name: string, help: string, labelNames: string[] = []): Counter => new Counter({ name, help, labelNames, registers });
  const ended = counter('workflow_executions_total', 'Executions that ended', ['status', 'trigger']);
  const took = histogram('workflow_execution_seconds', 'From the start of an execution to its end', LONG);
  const node = histogram('workflow_node_seconds', 'From the start of a run of a node to its end, waits included', LONG, ['type']);
  const tools = counter('agent_tool_calls_total', 'Calls of tools by agents that ended', ['outcome']);
  const waited = histogram('workflow_queue_wait_seconds', 'From when an execution may begin until it does', LONG);
  const written = histogram('workflow_checkpoint_commit_seconds', 'Time of one write of an execution', SHORT);
  const late = histogram('workflow_schedule_lag_seconds', 'From when a schedule is due until its execution is accepted', LONG);
  const script = histogram('code_sandbox_seconds', 'Time of a script in its sandbox', SHORT);
  const recovered = counter('workflow_recoveries_total', 'Executions taken up from a worker that was gone');
  const inDoubt = counter('workflow_in_doubt_total', 'Effects of which nobody knew whether they had happened');
  const denied = counter('egress_denied_total', 'Requests of workflows to where nobody may go');
  return {
    ended(status, trigger, seconds) {
      ended.inc({ status, trigger });
      took.observe(seconds);
    },
    node: (type, seconds) => node.observe({ type }, seconds),
    tool: (outcome) => tools.inc({ outcome }),
    written: (seconds) => written.observe(seconds),
    waited: (seconds) => waited.observe(seconds),
    recovered: () => recovered.inc(),
    inDoubt: () => inDoubt.inc(),
    late: (seconds) => late.observe(seconds),
    egressDenied: () => denied.inc(),
    script: (seconds) => script.observe(seconds),
  };
}
