import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';

/** A made-up outside system for tests of the kernel: lamps that can be lit, remembered in memory by mark. */
export interface LampServer {
  lamps: Map<string, { lit: boolean; by: string }>;
  /** How often each lamp was lit in earnest. */
  calls: string[];
  fail: Error | undefined;
  hold: Promise<void> | undefined;
}
export const LampPort = definePort<LampServer>('lamps.server');
export const lampServer = (): LampServer => ({ lamps: new Map(), calls: [], fail: undefined, hold: undefined });

const input = z.object({ name: z.string().min(1).max(20), environment: z.string().optional(), pin: z.string().optional().meta({ secret: true }) });

export const lampsLight = defineOperation({
  name: 'lamps.light',
  summary: 'Light a lamp',
  permission: 'lamps:light',
  risk: 'write',
  runs: 'job',
  input,
  output: z.object({ name: z.string(), lit: z.boolean() }),
  targets: (_ctx, { name, environment }) => [{ type: 'lamp', id: name, name, environment: environment ?? null }],
  plan: (ctx, { name }) => ({
    summary: `Light lamp ${name}`,
    changes: [{ action: 'update', type: 'lamp', name, fields: [{ path: 'lit', before: false, after: true }] }],
    observed: { [name]: ctx.provider(LampPort).lamps.get(name)?.by ?? 'none' },
  }),
  async execute(work, { name }) {
    const server = work.provider(LampPort);
    await work.step('check', 'Look at the lamp', async () => server.lamps.has(name));
    await work.step(
      'light',
      'Light it',
      async () => {
        await server.hold;
        if (server.fail) throw server.fail;
        server.calls.push(name);
        server.lamps.set(name, { lit: true, by: work.changeId });
        return { name };
      },
      async () => (server.lamps.get(name)?.by === work.changeId ? { name } : undefined),
    );
    await work.progress(80, 'lit');
    return { name, lit: true };
  },
  async verify(work, { name }) {
    if (!work.provider(LampPort).lamps.get(name)?.lit) throw new Problem('invalid-transition', `Lamp ${name} is not lit.`);
  },
  async rollback(work, { name }) {
    await work.step('darken', 'Put it out again', async () => void work.provider(LampPort).lamps.delete(name));
  },
});

export const lampsBurn = defineOperation({
  name: 'lamps.burn',
  summary: 'Burn a lamp',
  permission: 'lamps:burn',
  risk: 'high',
  input,
  output: z.object({ burnt: z.string(), receipt: z.string().meta({ secret: true }) }),
  targets: (_ctx, { name, environment }) => [{ type: 'lamp', id: name, name, environment: environment ?? null }],
  plan: (_ctx, { name }) => ({ summary: `Burn lamp ${name}`, dataLoss: `lamp ${name}` }),
  async run(ctx, { name }) {
    ctx.provider(LampPort).calls.push(`burn ${name}`);
    return { burnt: name, receipt: 'receipt-canary' };
  },
});

export const lampsName = defineOperation({
  name: 'lamps.name',
  summary: 'Name a lamp',
  permission: 'lamps:name',
  risk: 'write',
  input,
  output: z.object({ name: z.string() }),
  targets: (_ctx, { name, environment }) => [{ type: 'lamp', id: name, name, environment: environment ?? null }],
  plan: (_ctx, { name }) => ({ summary: `Name lamp ${name}` }),
  async run(ctx, { name }) {
    ctx.provider(LampPort).calls.push(`name ${name}`);
    ctx.emit('lamp.named', { name });
    return { name };
  },
});

/** Takes forty minutes, as its plan says. */
export const lampsLong = defineOperation({
  name: 'lamps.long',
  summary: 'Polish a lamp',
  permission: 'lamps:light',
  risk: 'high',
  input,
  output: z.object({ name: z.string() }),
  targets: (_ctx, { name, environment }) => [{ type: 'lamp', id: name, name, environment: environment ?? null }],
  plan: (_ctx, { name }) => ({ summary: `Polish lamp ${name}`, steps: [{ title: 'Polish', seconds: 2_400 }] }),
  async run(ctx, { name }) {
    ctx.provider(LampPort).calls.push(`long ${name}`);
    return { name };
  },
});

export const lampsGet = defineOperation({
  name: 'lamps.get',
  summary: 'Show a lamp',
  permission: 'lamps:read',
  risk: 'read',
  input: z.object({ id: z.string() }),
  output: z.object({ lit: z.boolean() }),
  targets: (_ctx, { id }) => [{ type: 'lamp', id }],
  run: async (ctx, { id }) => ({ lit: ctx.provider(LampPort).lamps.get(id)?.lit ?? false }),
});

export const lampModule = defineModule({
  name: 'lamps',
  operations: [lampsLight, lampsBurn, lampsName, lampsLong, lampsGet],
  events: { 'lamp.named': 'A lamp has a name' },
});
