import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import { canonicalJson, newId, sha256 } from '#kernel/ids.ts';
import { defineModule } from '#kernel/module.ts';
import { events } from '../events.ts';
import '../problems.ts';
import { WorkflowSettings, type Graph, type Json } from '../graph.ts';
import type { Start } from '../providers/port.ts';

/** The module as far as the engine needs it. */
export const bare = defineModule({
  name: 'workflows',
  operations: [],
  events,
  sealed: [
    { table: 'execution_blobs', column: 'sealed', field: "'content'" },
    { table: 'node_executions', column: 'sealed', field: "'payload'" },
  ],
});

/** A node as tests write it: `key: [type, config, settings]`. */
export type Drawn = Record<string, readonly [type: string, config?: Record<string, Json>, settings?: Record<string, Json>]>;

/** `a -> b`, `a.port -> b.port`; several in a row with commas or lines between them. */
function linesOf(text: string): { source: [string, string]; target: [string, string] }[] {
  const end = (part: string): [string, string] => {
    const [key = '', port = 'main'] = part.trim().split('.');
    return [key, port];
  };
  return text
    .split(/[,\n]/)
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const parts = line.split('->');
      return parts.slice(1).map((part, at) => ({ source: end(parts[at]!), target: end(part) }));
    });
}

/** By the port that a line begins at. */
const KINDS: Readonly<Record<string, 'tool' | 'memory'>> = { tools: 'tool', memory: 'memory' };

/** A graph from a sketch of it, for tests. */
export function draw(nodes: Drawn, lines: string): Graph {
  const ids = new Map(Object.keys(nodes).map((key) => [key, newId()]));
  return {
    nodes: Object.entries(nodes).map(([key, [type, config = {}, settings]]) => ({ id: ids.get(key)!, key, type, typeVersion: 1, name: key, config, ...(settings ? { settings } : {}) })),
    connections: linesOf(lines).map(({ source, target }) => ({ id: newId(), kind: KINDS[source[1]] ?? 'flow', source: ids.get(source[0])!, sourcePort: source[1], target: ids.get(target[0])!, targetPort: target[1] })),
  };
} // prettier-ignore

export interface Published {
  tenantId: string;
  workflowId: string;
  graph: Graph;
}

/** A workflow with one version, which is active. */
export async function publish(databases: Databases, tenantId: string, graph: Graph, settings: Partial<WorkflowSettings> = {}): Promise<Published> {
  const workflowId = newId();
  const whole = WorkflowSettings.parse(settings);
  const by = JSON.stringify({ kind: 'user', id: newId(), name: 'tester' });
  const [drawn, set] = [JSON.stringify(graph), JSON.stringify(whole)];
  await databases.tenant({ tenantId }, async (db) => {
    await db.execute(sql`insert into workflows (tenant_id, id, name, slug, status, draft, settings, last_version, active_version, owner_id, owner_name, created_by, updated_by)
      values (${tenantId}, ${workflowId}, 'test', ${`test-${workflowId}`}, 'active', ${drawn}::jsonb, ${set}::jsonb, 1, 1, ${newId()}, 'tester', ${by}::jsonb, ${by}::jsonb)`);
    await db.execute(sql`insert into workflow_versions (tenant_id, id, workflow_id, number, graph, settings, hash, author, validation)
      values (${tenantId}, ${newId()}, ${workflowId}, 1, ${drawn}::jsonb, ${set}::jsonb, ${sha256(canonicalJson({ graph, whole }))}, ${by}::jsonb, '{}'::jsonb)`);
  });
  return { tenantId, workflowId, graph };
} // prettier-ignore

/** A start by hand, with these inputs. */
export const startOf = ({ tenantId, workflowId }: Published, actor: Actor, inputs: Json = {}, more: Partial<Start> = {}): Start => ({
  tenantId, workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body: inputs }, principal: actor,
  startedBy: { kind: actor.kind, id: actor.id, name: actor.name }, awaited: true, ...more,
}); // prettier-ignore
