import { z } from 'zod';

/** The node of a workflow's run that asked for a Change. */
export const Via = z.object({
  workflowId: z.string(),
  workflow: z.string(),
  version: z.int().nullable(),
  executionId: z.string(),
  nodeId: z.string(),
  node: z.string(),
  iteration: z.string(),
  agentStep: z.int().optional().meta({ help: 'Turn of the agent that called it as a tool' }),
});
