import '#kernel/problems.ts';
import type { Ai, AiModelView, AiRequest } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';
import { createRegistry } from '#kernel/registry.ts';
import { readModules } from '#test/modules.ts';
import type { Graph, Json } from '../graph.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import { factsWith } from '../validation/drawing.ts';
import type { Asker } from './asking.ts';
import type { Building } from './building.ts';
import { catalogueFor, type Catalogue, type Reading } from './catalogue.ts';
import type { GoalCase } from './goals.ts';
import { Constraints } from './schemas.ts';

/** Models that answer from a script, for tests. */

const VIEW: AiModelView = { id: 'mock/script', provider: 'mock', kind: 'chat', label: 'Script', context: 100_000, price: { input: 1_000_000, output: 4_000_000 }, unavailable: null }; // prettier-ignore

/** A port of models that answers what the script says, and remembers what it was asked. */
export function scripted(script: (request: AiRequest, call: number) => string | Promise<string>) {
  const asked: AiRequest[] = [];
  const state = { ready: true };
  const ai: Ai = {
    async complete(request) {
      asked.push(request);
      const text = await script(request, asked.length - 1);
      return { text, toolCalls: [], usage: { inputTokens: 100, outputTokens: 50, cost: 300 }, model: VIEW.id, finishReason: 'stop' };
    },
    embed: async () => ({ vectors: [], model: VIEW.id, usage: { inputTokens: 0, outputTokens: 0, cost: 0 } }),
    modelFor: async () => (state.ready ? VIEW : undefined),
    model: async (_db, _tenant, id) => (state.ready && id === VIEW.id ? VIEW : undefined),
  };
  return { ai, asked, state };
}

/** The same without a port around it. */
export const askerOf = (script: (call: number, faults: string) => string): Asker => {
  let calls = 0;
  return {
    ask: async (messages) => ({ text: script(calls++, messages.at(-1)?.role === 'user' ? (messages.at(-1) as { text: string }).text : '') }),
    spent: () => ({ model: VIEW.id, usage: { calls, inputTokens: 0, outputTokens: 0, cost: 0 } }),
  };
};

const EMPTY: Graph = { nodes: [], connections: [] };

/** Everything that the product can do, as somebody may use it who holds `may`. */
export async function everything(may: (permission: string) => boolean = () => true): Promise<{ catalogue: Catalogue; building: Building }> {
  const { operations } = createRegistry(await readModules());
  const permit = async (_db: unknown, _actor: unknown, { permission }: { permission: string }) => {
    if (may(permission)) return [];
    throw new Problem('permission-denied', 'No.');
  };
  const reading = { provider: () => ({ operations, permit }) } as unknown as Reading;
  const catalogue = await catalogueFor(reading);
  const facts = factsWith({ operations: operationFactsOf(operations) });
  return { catalogue, building: { base: { graph: EMPTY, settings: DEFAULT_SETTINGS }, catalogue, constraints: Constraints.parse({}), facts: async () => facts } };
} // prettier-ignore

const CONFIGS: Readonly<Record<string, Record<string, Json>>> = {
  approval: { title: 'May this go on?' },
  notify: { channel: 'inapp', to: ['{{ actor.email }}'], title: 'Done' },
  email: { to: ['ops@example.com'], subject: 'Report', text: '{{ input }}' },
  delay: { mode: 'for', for: { value: 5, unit: 'minutes' } },
  http_api: { url: 'https://api.example.com/things', method: 'GET' },
  filter: { items: 'input.body', where: 'item.open == true' },
  conditional: { expression: 'nodes.start.output.region == "eu"' },
  switch: { mode: 'value', value: 'nodes.start.output.region', cases: [{ name: 'eu', equals: '"eu"' }] },
  code: { code: 'export default ({ input }) => input;', inputs: { input: 'input' } },
  transform: { mode: 'fields', fields: [{ name: 'at', value: '{{ execution.startedAt }}' }] },
  emit_event: { type: 'custom.thing.done', data: 'input' },
  fail: { message: 'Stopped' },
  data: { source: 'table', action: 'select', table: 'sites' },
};
const WAY_OUT: Readonly<Record<string, string>> = { approval: ':approved', conditional: ':true', switch: ':eu' };

export interface Scripted {
  name: string;
  explanation: string;
  nodes: Record<string, Json>[];
  links: string[];
  unbuilt: { wanted: string; why: string }[];
}

/** A good answer to a goal of the fixed set, as a model that reads its prompt would give it. */
export function goodAnswer({ goal, steps }: GoalCase, { operations }: Catalogue, trigger: Record<string, Json> = { mode: 'manual' }): Scripted {
  const fields: Record<string, Json> = { region: { type: 'string' } };
  const nodes: Record<string, Json>[] = [];
  const links: string[] = [];
  let [end, loop] = ['start', ''];
  steps.forEach((step, at) => {
    if (step === 'end') return void (links.push(`${end} -> ${loop}:next`), (end = `${loop}:done`));
    const key = `${step.replace('.', '_').replaceAll(/[^a-z_]/g, '')}_${at}`;
    if (step === 'for') {
      nodes.push({ key, type: 'loop', name: 'Each', config: { type: 'for_each', items: `nodes.${end}.output.result.items`, maxIterations: 100 } });
      links.push(`${end} -> ${key}`);
      return void ([end, loop] = [`${key}:body`, key]);
    }
    const input: Record<string, Json> = {};
    for (const field of operations.get(step)?.fact.input.required ?? []) {
      fields[field] = {};
      input[field] = `{{ nodes.start.output.${field} }}`;
    }
    const config = step.includes('.') ? { operation: step, input } : (CONFIGS[step] ?? {});
    nodes.push({ key, type: step.includes('.') ? 'operation' : step, name: `${step} ${at}`, config, why: 'The goal asks for it' });
    links.push(`${end} -> ${key}`);
    end = `${key}${WAY_OUT[step] ?? ''}`;
  });
  if (loop !== '' && !steps.includes('end')) links.push(`${end} -> ${loop}:next`);
  const start = { key: 'start', type: 'trigger', name: 'Start', config: { ...trigger, inputSchema: { type: 'object', properties: fields } } };
  return { name: goal.slice(0, 80), explanation: `It does this: ${goal}`, nodes: [start, ...nodes], links, unbuilt: [] };
}
