import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionId, leverPlan, pull, simulatorTargets, SimulatorView } from '../simulator-control.ts';

export const simulatorClock = defineOperation({
  name: 'simulator.clock',
  summary: 'Change the speed of a simulated cloud’s clock, or jump ahead',
  permission: 'simulator:control',
  risk: 'write',
  route: { method: 'POST', path: '/admin/simulator/{connectionId}/clock' },
  input: z.object({
    connectionId,
    rate: z.number().min(0).max(10_000).optional().meta({ title: 'Speed', help: '1 is real time, 0 freezes it' }),
    stepSeconds: z.number().min(0).max(31_536_000).optional().meta({ title: 'Jump ahead by (s)' }),
  }),
  output: SimulatorView,
  targets: simulatorTargets,
  plan: (ctx, input) => leverPlan(ctx, input.connectionId, 'Set the clock'),
  run: (ctx, input) => pull(ctx, input.connectionId, { rate: input.rate, step: input.stepSeconds }),
});
