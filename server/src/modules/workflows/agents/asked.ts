import { z } from 'zod';
import { Json } from '../graph.ts';

/** Calls that people are asked about at once. */
export const MOST_ASKED = 64;

/** One call that an agent wants to make and that somebody has to agree to. */
export const AskedCall = z.object({
  index: z.int().min(0).meta({ title: 'Place', help: 'Within the turn' }),
  tool: z.string().max(100).meta({ title: 'Tool' }),
  operation: z.string().max(100).nullable().meta({ title: 'Operation', help: 'What it comes down to; null for a node that calls none' }),
  arguments: Json.meta({ title: 'Arguments', help: 'Without what is secret: it is masked, and run as the agent asked for it' }),
  reason: z.string().max(2_000).meta({ title: 'Reason', help: 'Given by the model: not checked by anybody' }),
  risk: z.enum(['write', 'high']).meta({ title: 'Risk' }),
  plan: Json.meta({ title: 'Plan', help: 'What it would do, as far as that can be told' }),
  schema: Json.optional().meta({ title: 'Form', help: 'JSON Schema of the arguments, where it is not that of the Operation' }),
  needs: z.array(z.string().max(100)).max(100).default([]).meta({ title: 'Needs', help: 'Operations that whoever changes the arguments may call' }),
}); // prettier-ignore
export type AskedCall = z.output<typeof AskedCall>;

/** What whoever decides makes of one of them. */
export const Decided = z.object({
  index: z.int().min(0).meta({ title: 'Place' }),
  run: z.boolean().meta({ title: 'Run it' }),
  arguments: Json.optional().meta({ title: 'With these arguments', help: 'Instead of those that were asked for' }),
  text: z.string().max(2_000).optional().meta({ title: 'Why not', help: 'Told to the model' }),
});
export type Decided = z.output<typeof Decided>;

/** As it is kept with the wait, for the agent to find when it wakes. */
export const Answer = z.object({ calls: z.array(Decided), by: z.object({ id: z.string(), name: z.string() }) });
export type Answer = z.output<typeof Answer>;

/** A request of an agent as those who decide read it. */
export const AgentRequest = z
  .object({
    changeId: z.uuid(),
    executionId: z.uuid(),
    workflowId: z.uuid(),
    nodeId: z.uuid(),
    agent: z.string().meta({ help: 'Key of its node' }),
    path: z.string(),
    step: z.int(),
    state: z.string().meta({ help: 'Of the Change: awaiting_approval as long as it can be decided on' }),
    calls: z.array(AskedCall.extend({ schema: Json.meta({ help: 'JSON Schema of the arguments' }) })),
    taint: z.array(z.object({ nodeKey: z.string(), kind: z.string() })).meta({ help: 'What came from outside and may have moved it' }),
    answer: Answer.nullable(),
  })
  .meta({ id: 'AgentRequest' });
export type AgentRequest = z.input<typeof AgentRequest>;
