import { Ai, type AiOrigin, type AiRequest } from '#kernel/ai.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { secrets } from '#modules/secrets/index.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { cloneDatabase } from '#test/clone.ts';
import { startModels, useModels } from '#test/models.ts';
import { createWorld } from '#test/world.ts';
import { secretAdapters } from '../../secrets.ts';
import { ai, aiUsageGet } from './index.ts';

/** A tenant whose models are scripted (`models`), and another one that has none. */
export async function aiWorld() {
  const models = await startModels();
  const databaseUrl = await cloneDatabase();
  const world = await createWorld({
    modules: [ai, secrets],
    databaseUrl,
    adapters: (parts, people) => [
      ...secretAdapters(parts, people, databaseUrl),
      provide(Egress, createEgress({ allowPrivateTargets: true, closed: new Set(), now: parts.now })),
    ],
  });
  const [ana, bert] = [world.as({ name: 'ana' }), world.as({ name: 'bert', tenant: 'b' })];
  const { providerId } = await useModels(world, ana, models);
  const port = providerOf(world.adapters)(Ai);
  const origin = (more: Partial<AiOrigin> = {}): AiOrigin => ({ tenantId: world.tenants.a, actor: ana.actor, purpose: 'llm', ...more });
  return {
    world, models, ana, bert, providerId, port, origin,
    complete: (more: Partial<AiRequest> = {}) =>
      port.complete({ origin: origin(), messages: [{ role: 'user', text: 'hello there' }], maxTokens: 200, signal: new AbortController().signal, ...more }),
    used: async () => (await world.done(aiUsageGet, {}, ana)).total,
    beforeEach(): void {
      models.script.length = 0;
      models.asked.length = 0;
      models.key = undefined;
    },
    async close(): Promise<void> {
      await world.close();
      await models.close();
    },
  }; // prettier-ignore
}
export type AiWorld = Awaited<ReturnType<typeof aiWorld>>;

/** The problem that work ends with. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`no problem: ${String(error)}`, { cause: error });
}
export const slugOf = async (work: Promise<unknown>): Promise<string> => (await problemOf(work)).slug;

export const TOOL = {
  name: 'servers_list',
  description: 'Lists servers',
  schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
};
