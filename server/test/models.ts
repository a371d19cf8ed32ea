import { aiProvidersCreate, aiModelsCreate, aiSettingsUpdate } from '#modules/ai/index.ts';
import type { Person, World } from './world.ts';

/** Of e2e/fakes/models.ts, which is no part of this package. */
interface ScriptedTurn {
  text?: string;
  json?: unknown;
  toolCalls?: { name: string; arguments: unknown; id?: string }[];
  usage?: { in: number; out: number } | null;
  finish?: 'stop' | 'length' | 'content-filter';
  status?: number;
  message?: string;
  retryAfter?: number | string;
  cutAfter?: number;
  stopAfter?: number;
  streamError?: string;
  slowMs?: number;
  raw?: string;
  headers?: Record<string, string>;
}
interface AskedModel {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
  sent: string;
  last: string;
}
export interface ModelServer {
  url: string;
  anthropicUrl: string;
  asked: AskedModel[];
  script: ScriptedTurn[];
  otherwise: (asked: AskedModel) => ScriptedTurn;
  key: string | undefined;
  open: () => number;
  close: () => Promise<void>;
}

/** Models on loopback whose answers are written beforehand. */
export async function startModels(): Promise<ModelServer> {
  const found = (await import(new URL('../../e2e/fakes/models.ts', import.meta.url).href)) as { startModels: () => Promise<ModelServer> };
  return found.startModels();
}

/** Price of the models below: millionths of a US dollar for a million tokens. */
export const PRICE = { input: 1_000_000, output: 2_000_000 } as const;

/**
 * Sets a server of models up for the tenant of `who`, who may do everything: `lab/small` and `lab/large` to talk with, `lab/vectors`, and
 * `lab/small` for every purpose. The world needs module ai and a way out (`Egress`) that may reach this machine.
 */
export async function useModels(world: Pick<World, 'done'>, who: Person, { url }: Pick<ModelServer, 'url'>, more: Record<string, unknown> = {}): Promise<{ providerId: string }> {
  const wish = { kind: 'compatible' as const, name: 'lab', label: 'Laboratory', baseUrl: url, region: 'lab', confidential: true, timeoutSeconds: 20, ...more };
  const { id: providerId } = await world.done(aiProvidersCreate, wish, who);
  for (const model of ['small', 'large']) await world.done(aiModelsCreate, { providerId, model, kind: 'chat', context: 32_000, price: PRICE }, who);
  await world.done(aiModelsCreate, { providerId, model: 'vectors', kind: 'embedding', context: 2_000, price: PRICE }, who);
  const small = 'lab/small';
  await world.done(aiSettingsUpdate, { defaults: { agent: small, planner: small, llm: small, generation: small, embedding: 'lab/vectors' } }, who);
  return { providerId };
} // prettier-ignore
