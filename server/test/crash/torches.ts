import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';

/** What the torches need of the outside system. */
export interface TorchServer {
  do: (act: string, name: string, mark: string) => Promise<void>;
  wasDone: (act: string, name: string, mark: string) => Promise<boolean>;
  look: (name: string, mark: string) => Promise<void>;
}
export const TorchServer = definePort<TorchServer>('torches.server');

/** `ms`: how long the outside takes over each act. */
export function torchServer(url: string, ms = 0): TorchServer {
  const call = async (method: string, act: string, name: string, mark: string, wait: number): Promise<{ done: boolean }> => {
    try {
      const path = `/${act}/${encodeURIComponent(name)}?mark=${mark}&ms=${wait}`;
      const response = await fetch(url + path, { method, signal: AbortSignal.timeout(5_000) });
      return (await response.json()) as { done: boolean };
    } catch (cause) {
      throw new Problem('dependency-unavailable', 'The torches do not answer.', {}, { cause });
    }
  };
  return {
    do: async (act, name, mark) => void (await call('POST', act, name, mark, ms)),
    wasDone: async (act, name, mark) => (await call('GET', act, name, mark, 0)).done,
    look: async (name, mark) => void (await call('GET', 'look', name, mark, 0)),
  };
}

/** A step with an effect outside that can be looked for. */
const act = (work: Work, key: string, name: string): Promise<{ name: string }> => {
  const server = work.provider(TorchServer);
  return work.step(
    key,
    `${key} ${name}`,
    async () => {
      await server.do(key, name, work.changeId);
      return { name };
    },
    async () => ((await server.wasDone(key, name, work.changeId)) ? { name } : undefined),
  );
};

export const torchesLight = defineOperation({
  name: 'torches.light',
  summary: 'Light a torch',
  permission: 'torches:light',
  risk: 'write',
  runs: 'job',
  input: z.object({ name: z.string().min(1).max(40), environment: z.string().optional(), fails: z.boolean().optional() }),
  output: z.object({ name: z.string() }),
  targets: (_ctx, { name, environment }) => [{ type: 'torch', id: name, name, environment: environment ?? null }],
  plan: (_ctx, { name }) => ({ summary: `Light torch ${name}` }),
  async execute(work, { name, fails }) {
    await work.step('look', 'Look at it', () => work.provider(TorchServer).look(name, work.changeId));
    await act(work, 'light', name);
    await work.progress(80, 'lit');
    if (fails) {
      await work.step('stand', 'Stand it up', () => {
        throw new Problem('invalid-transition', 'It does not stand.');
      });
    }
    return { name };
  },
  async verify(work, { name }) {
    if (!(await work.provider(TorchServer).wasDone('light', name, work.changeId)))
      throw new Problem('invalid-transition', `Torch ${name} is not lit.`);
  },
  async rollback(work, { name }) {
    await act(work, 'darken', name);
  },
});

export const torches = defineModule({ name: 'torches', operations: [torchesLight] });
