import type { Graph } from '#features/workflow-graph/types.ts';
import type { JsonSchema } from '#lib/schema.ts';
import type { Json } from '#lib/types.ts';
import { whose } from './whose.ts';

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && 'properties' in value && typeof value.properties === 'object';

/** What a run by hand asks for: the schema of the manual trigger's input, if it has one with fields. */
export function inputSchemaOf(graph: Pick<Graph, 'nodes'>): JsonSchema | null {
  const triggers = graph.nodes.filter(({ type }) => type === 'trigger');
  const manual = triggers.find(({ config }) => (config['mode'] ?? 'manual') === 'manual') ?? triggers[0];
  const own = manual?.config['inputSchema'];
  const nested = manual?.config['manual'];
  const found = own ?? (typeof nested === 'object' && nested !== null && !Array.isArray(nested) ? nested['inputSchema'] : undefined);
  return isSchema(found) && Object.keys(found.properties ?? {}).length > 0 ? found : null;
}

const SECRET = new Set(['password', 'secret']);
const isSecret = (schema: JsonSchema | undefined): boolean =>
  SECRET.has(schema?.widget ?? '') || schema?.['writeOnly'] === true || schema?.format === 'password';

/** What of an input may be kept for the next time: no field that hides what is typed. */
const keepable = (schema: JsonSchema | null, input: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !isSecret(schema?.properties?.[name])));

const keyOf = (workflowId: string): string => `switchyard.run.${whose()}.${workflowId}`;
/** What this person last ran the workflow with in this tab, until it is closed: inputs are nobody else's business. */
export function lastInput(workflowId: string): Record<string, Json> | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(workflowId)) ?? 'null');
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Record<string, Json>) : null;
  } catch {
    return null;
  }
}
export function keepInput(workflowId: string, schema: JsonSchema | null, input: Record<string, Json>): void {
  try {
    sessionStorage.setItem(keyOf(workflowId), JSON.stringify(keepable(schema, input)));
  } catch {
    // storage is full or blocked: the next run begins with an empty form
  }
}
