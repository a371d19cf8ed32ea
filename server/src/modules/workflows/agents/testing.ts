import { Ai, type AiAnswer, type AiRequest } from '#kernel/ai.ts';
import { ai } from '#modules/ai/index.ts';
import { policies } from '#modules/policies/index.ts';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { createFlows } from '#test/flows.ts';
import { lampModule, LampPort, lampServer } from '#test/lamps.ts';
import type { Json, WorkflowSettings } from '../graph.ts';
import { draw, publish, startOf, type Drawn } from '../engine/testing.ts';
import { createEgress } from '../egress/adapter.ts';
import { Egress } from '../egress/port.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { AnyNodeType } from '../nodes/declare.ts';
import type { Person } from '#test/world.ts';
import { Surroundings } from '../surroundings.ts';

/** What a scripted model says in one turn: words, calls by name, or JSON. */
export interface Line {
  text?: string;
  calls?: readonly (readonly [name: string, given: Json])[];
  json?: Json;
  jsonFault?: string;
  throws?: Error;
}
type Script = (request: AiRequest, turn: number) => Line | Promise<Line>;

/** A model that says what it is told to, and keeps what it was asked. Each answer costs 100 tokens in and 20 out, 7 millionths. */
function scripted() {
  const asked: AiRequest[] = [];
  const model = {
    asked,
    script: (() => ({ text: 'done' })) as Script,
    ai: {
      async complete(request) {
        asked.push(request);
        for (const { name, tokens } of request.bounds ?? [])
          if (tokens && tokens.spent + 120 > tokens.most) throw new Problem('ai-budget-exceeded', `The budget of the ${name} is used up.`);
        const { text = '', calls = [], json, jsonFault, throws } = await model.script(request, asked.length);
        if (throws) throw throws;
        const answer: AiAnswer = {
          text, toolCalls: calls.map(([name, given], at) => ({ id: `c${asked.length}-${at}`, name, arguments: given })), usage: { inputTokens: 100, outputTokens: 20, cost: 7 }, model: 'test/model',
          finishReason: calls.length > 0 ? 'tool-calls' : 'stop', ...(json === undefined ? {} : { json }), ...(jsonFault === undefined ? {} : { jsonFault }),
        };
        return answer;
      },
      embed: async () => ({ vectors: [], model: 'test/model', usage: { inputTokens: 0, outputTokens: 0, cost: 0 } }),
      modelFor: async () => undefined,
      model: async () => undefined,
    } satisfies Ai,
  }; // prettier-ignore
  return model;
}

/** What the model was told last by tools. */
export const toolTexts = ({ messages }: AiRequest): string[] => messages.flatMap((one) => (one.role === 'tool' ? [one.text] : []));

/** Agents with a scripted model, over lamps; the rest is real. */
export async function createAgentWorld({ types = NODE_TYPES }: { types?: ReadonlyMap<string, AnyNodeType> } = {}) {
  const model = scripted();
  const lamps = lampServer();
  const flows = await createFlows({
    modules: [lampModule, policies, ai],
    workflows: { types },
    adapters: ({ registry, now }, { permit }) => [
      provide(Ai, model.ai),
      provide(LampPort, lamps),
      provide(Egress, createEgress({ allowPrivateTargets: true, openable: [], closed: new Set(), now })),
      provide(Surroundings, { ...AROUND, operations: registry.operations, permit }),
    ],
  });
  const ana = flows.as({ name: 'ana' });
  const bob = flows.as({ name: 'bob' });
  return {
    ...flows, model, lamps, ana, bob,
    /** Starts a workflow of these nodes behind a trigger by hand. */
    async begin(nodes: Drawn, lines: string, inputs: Json = {}, who: Person = ana, settings: Partial<WorkflowSettings> = {}): Promise<string> {
      const published = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines), settings);
      return (await flows.engine().start(startOf(published, who.actor, inputs))).executionId;
    },
    records: (executionId: string) =>
      flows.rows<{ key: string; type: string; path: string; status: string; output: Json; error: { type: string } | null; called_by: { step: number; index: number; tool: string } | null; tokens: number | null; cost: string | null; change_id: string | null }>(
        'select node_key as key, node_type as type, path, status, output, error, called_by, tokens, cost, change_id from node_executions where execution_id = $1 order by started_at, id', [executionId],
      ),
    /** Changes that wait for somebody to agree to what an agent of this execution wants. */
    requests: (executionId: string) =>
      flows.rows<{ id: string; plan_hash: string; input: { calls: { index: number; tool: string; arguments: Json; reason: string; risk: string }[]; taint: { nodeKey: string }[] } }>(
        `select id, plan_hash, input from changes where operation = 'agentRequests.ask' and state = 'awaiting_approval' and via ->> 'executionId' = $1 order by id`, [executionId],
      ),
  };
} // prettier-ignore
export type AgentWorld = Awaited<ReturnType<typeof createAgentWorld>>;

const AROUND = {
  eventTypes: () => [],
  hearing: async () => [{ grantId: 'g', scope: { all: true as const } }],
  limits: async () => ({ plan: 'enterprise', workflows: null, nodes: 500, connections: 1_000, webhooks: null, scheduleSeconds: 10, running: 200, generationsPerMinute: 200, startsPerMinute: 100_000, queued: 100_000, retentionDays: 400, fileMiB: 2_000 }),
  isWithin: () => true,
  names: async () => ({ secrets: new Set<string>(), variables: new Set<string>() }),
  timezone: async () => 'UTC',
    budgetsRequired: async () => false,
  waitingPublishes: async () => [],
  servicePrincipal: async () => undefined,
  asService: () => Promise.reject(new Error('nobody runs as a service here')),
}; // prettier-ignore
