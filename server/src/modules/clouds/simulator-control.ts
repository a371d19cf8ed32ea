import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionTarget } from './connection-rows.ts';
import { oneConnection } from './connection-use.ts';
import { SimulatorControl, type SimulatorCommand } from './providers/port.ts';
import { Fault } from './simulator.ts';

export const SimulatorView = z.object({
  time: z.string().meta({ title: 'Virtual time' }),
  rate: z.number(),
  faults: z.array(Fault.extend({ seen: z.int(), struck: z.int() })),
  calls: z.record(z.string(), z.int()),
  servers: z.int(),
  actionsRunning: z.int(),
  touched: z.array(z.string().nullable()),
});

export const connectionId = z.uuid().meta({ title: 'Connection', widget: 'cloud-connection' });

export const simulatorTargets = async (ctx: ReadContext, input: { connectionId: string }): Promise<Target[]> => [
  connectionTarget(await oneConnection(ctx, input.connectionId)),
];

/** The levers of this connection; throws where there are none. */
async function leversOf(ctx: ReadContext, id: string) {
  const row = await oneConnection(ctx, id);
  const control = row.kind === 'simulated' ? ctx.provider(SimulatorControl) : null;
  if (!control)
    throw new Problem('simulator-unavailable', `"${row.name}" is of kind ${row.kind}; simulators are controlled in demo mode, and only they.`);
  return {
    row,
    pull: (command: SimulatorCommand) => control.apply(ctx.db, { tenantId: ctx.tenantId, connectionId: row.id, config: row.config }, command),
  };
}

/** A lever's plan: it says what is pulled, and that nothing of the tenant's changes by it. */
export async function leverPlan(ctx: ReadContext, id: string, what: string) {
  const { row } = await leversOf(ctx, id);
  return { summary: `${what} in the simulated cloud ${row.name}`, reversible: 'Set it otherwise.' };
}

export const pull = async (ctx: Context, id: string, command: SimulatorCommand): Promise<z.output<typeof SimulatorView>> =>
  (await leversOf(ctx, id)).pull(command);
