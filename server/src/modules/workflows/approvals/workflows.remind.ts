import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../model/store.ts';
import { Agreements, Messenger } from '../people.ts';

interface Open {
  title: string;
}

/** What this workflow has asked people and nobody has decided on; undefined for every other Change. */
async function openAsk({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, { id, executionId, changeId }: { id: string; executionId: string; changeId: string }): Promise<Open | undefined> {
  const { rows } = await db.execute<{ title: string }>(
    sql`select summary as title from changes where tenant_id = ${tenantId} and id = ${changeId} and operation = 'workflows.ask' and state = 'awaiting_approval'
      and via ->> 'executionId' = ${executionId} and via ->> 'workflowId' = ${id}`,
  );
  return rows[0];
} // prettier-ignore

/** Tells people and channels that an approval waits; what is over by now is told to nobody. */
export const workflowsRemind = defineOperation({
  name: 'workflows.remind',
  summary: 'Remind people of what an execution waits for',
  description: 'Used by the node Approval alone: for its reminders, and to tell its channels that something waits.',
  permission: 'workflows:execute',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['rest', 'web', 'cli', 'mcp', 'job', 'internal'],
  input: z.object({
    id: z.uuid().meta({ title: 'Workflow' }),
    executionId: z.uuid().meta({ title: 'Execution' }),
    changeId: z.uuid().meta({ title: 'Request', help: 'Id of its Change' }),
    round: z.int().min(0).max(10).meta({ title: 'Which reminder', help: '0 tells the channels that it has just been asked' }),
    channels: z.array(z.string().max(60)).max(10).default([]).meta({ title: 'Channels' }),
  }),
  output: z.object({ people: z.int(), unknown: z.array(z.string()).meta({ help: 'Channels that are not there, or switched off' }) }),
  targets: workflowTarget,
  async run(ctx, input) {
    const { executionId, changeId, round, channels } = input;
    // Each execution reminds of what it asked itself.
    const open = ctx.via?.executionId === executionId ? await openAsk(ctx, input) : undefined;
    if (!open) return { people: 0, unknown: [] };
    const people = round === 0 ? 0 : await ctx.provider(Agreements).remind(ctx, changeId, round);
    const messenger = ctx.provider(Messenger);
    const notice = { title: `${round === 0 ? 'Waits for approval' : 'Still waits for approval'}: ${open.title}`, body: '', severity: 'info' as const, page: `/changes/${changeId}`, dedupeKey: `approval ${changeId} ${round}` };
    const unknown: string[] = [];
    for (const name of channels) if (!(await messenger.channel(ctx, name, notice))) unknown.push(name);
    return { people, unknown };
  },
}); // prettier-ignore
