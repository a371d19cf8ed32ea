import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Fault } from '../simulator.ts';
import { connectionId, leverPlan, pull, simulatorTargets, SimulatorView } from '../simulator-control.ts';

export const simulatorFaults = defineOperation({
  name: 'simulator.faults',
  summary: 'Set what goes wrong in a simulated cloud',
  permission: 'simulator:control',
  risk: 'write',
  route: { method: 'POST', path: '/admin/simulator/{connectionId}/faults' },
  input: z.object({
    connectionId,
    faults: z.array(Fault).max(50).meta({ title: 'Faults', help: 'Replaces those there are; an empty list ends them' }),
  }),
  output: SimulatorView,
  targets: simulatorTargets,
  plan: (ctx, input) => leverPlan(ctx, input.connectionId, `Set ${input.faults.length} fault(s)`),
  run: (ctx, input) => pull(ctx, input.connectionId, { faults: input.faults }),
});
