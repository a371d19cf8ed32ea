import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { sha256 } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { operationFactsOf } from '../../model/operation-facts.ts';
import { rights } from '../../rights.ts';
import { Surroundings } from '../../surroundings.ts';
import { NodeTypeView, typeViews } from '../view.ts';

const Step = z.object({
  name: z.string(),
  summary: z.string(),
  group: z.string(),
  risk: z.enum(['read', 'write', 'high']),
  schema: z.record(z.string(), z.unknown()),
  allowed: z.boolean(),
  missing: z.string().nullable().meta({ help: 'The permission that is missing' }),
});

async function steps(ctx: ReadContext): Promise<z.infer<typeof Step>[]> {
  const { operations } = ctx.provider(Surroundings);
  const may = rights(ctx);
  const found: z.infer<typeof Step>[] = [];
  for (const fact of operationFactsOf(operations).values()) {
    const { name, risk, permission, input } = fact;
    const allowed = await may(fact);
    found.push({ name, summary: operations.get(name)!.summary, group: name.split('.')[0]!, risk, schema: input, allowed, missing: allowed ? null : permission });
  }
  return found;
} // prettier-ignore

export const nodeTypesList = defineOperation({
  name: 'nodeTypes.list',
  summary: 'List the types of nodes that workflows are built of',
  description: 'With the schema of their configuration, their ports and documentation; `include=operations` adds every Operation that can be a step. `version` changes when anything of it does.',
  permission: 'workflows:read',
  risk: 'read',
  input: z.object({ include: z.enum(['operations']).optional().meta({ title: 'Include', help: 'The Operations that can be steps' }) }),
  output: z.object({ items: z.array(NodeTypeView), operations: z.array(Step).optional(), version: z.string().meta({ help: 'The same as the ETag' }) }),
  targets: 'none',
  async run(ctx, { include }) {
    const { all, hash } = typeViews();
    const may = rights(ctx);
    const items: NodeTypeView[] = [];
    for (const view of all) {
      const allowed = view.permission === null || (await may({ name: 'nodeTypes.list', permission: view.permission, risk: 'read' }));
      items.push({ ...view, allowed, missing: allowed ? null : view.permission });
    }
    const operations = include ? await steps(ctx) : undefined;
    const lacking = [...items, ...(operations ?? [])].map(({ allowed }) => (allowed ? '1' : '0')).join('');
    const version = sha256(`${hash} ${lacking} ${(operations ?? []).map(({ name }) => name).join()}`).slice(0, 32);
    return { items, ...(operations ? { operations } : {}), version };
  },
}); // prettier-ignore
