import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Edit } from '../simulator.ts';
import { connectionId, leverPlan, pull, simulatorTargets, SimulatorView } from '../simulator-control.ts';

export const simulatorActor = defineOperation({
  name: 'simulator.actor',
  summary: 'Edit a simulated cloud as somebody outside Switchyard would',
  description: 'Deletes, edits or creates servers behind our back, so that drift can be seen and tested.',
  permission: 'simulator:control',
  risk: 'write',
  route: { method: 'POST', path: '/admin/simulator/{connectionId}/actor' },
  input: z.object({ connectionId, edits: z.array(Edit).min(1).max(50).meta({ title: 'Edits' }) }),
  output: SimulatorView,
  targets: simulatorTargets,
  plan: (ctx, input) => leverPlan(ctx, input.connectionId, `Make ${input.edits.length} edit(s) from outside`),
  run: (ctx, input) => pull(ctx, input.connectionId, { edits: input.edits }),
});
