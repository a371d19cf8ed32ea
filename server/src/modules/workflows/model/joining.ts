import { Problem } from '#kernel/problem.ts';
import type { Connection, Graph, WorkflowSettings } from '../graph.ts';
import type { Facts, Finding } from '../validation/index.ts';
import { validateGraph } from '../validation/index.ts';
import { SIZES } from './facts.ts';

/** Faults of a connection that are told when it is made (workflows.md 13.1). */
const AT_ONCE: ReadonlySet<string> = new Set(['V05', 'V06', 'V07', 'V08']);

/** What the rules about connections need to know: nothing but the graph. */
const BARE: Facts = {
  workflowId: null,
  operations: new Map(),
  secrets: undefined,
  variables: undefined,
  webhookPaths: new Set(),
  workflows: [],
  limits: { ...SIZES, nodes: 500, connections: 1_000, scheduleSeconds: 10, webhooks: { used: 0, most: Number.MAX_SAFE_INTEGER } },
  timezone: 'UTC',
  now: new Date(0),
};

const faultsOf = (graph: Graph, settings: WorkflowSettings): Finding[] =>
  validateGraph(BARE, graph, settings).errors.filter(({ rule }) => AT_ONCE.has(rule));
const textOf = ({ rule, message }: Finding): string => `${rule} ${message}`;

/** Throws `workflow-cycle` or `connection-invalid` when the connection brings in a fault that was not there before. */
export function requireJoin(graph: Graph, settings: WorkflowSettings, connection: Connection): void {
  const before = new Set(faultsOf(graph, settings).map(textOf));
  const found = faultsOf({ ...graph, connections: [...graph.connections, connection] }, settings).filter((fault) => !before.has(textOf(fault)));
  const [first] = found;
  if (!first) return;
  const slug = found.some(({ rule }) => rule === 'V07') ? 'workflow-cycle' : 'connection-invalid';
  throw new Problem(slug, first.message, { findings: found });
}
