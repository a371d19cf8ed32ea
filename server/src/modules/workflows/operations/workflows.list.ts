import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, queryFlag } from '#kernel/page.ts';
import { listWorkflows } from '../model/listing.ts';
import { WorkflowSummary, workflowFields } from '../schemas.ts';
import { WORKFLOW_STATUSES } from '../tables.ts';

const SORTS = ['name', '-name', 'updatedAt', '-updatedAt', 'lastRun', '-lastRun'] as const;
const flag = (title: string, help?: string) => queryFlag.optional().meta({ title, ...(help ? { help } : {}) });

export const workflowsList = defineOperation({
  name: 'workflows.list',
  summary: 'List workflows',
  permission: 'workflows:read',
  risk: 'read',
  input: z.object({
    q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name, a description or the name of a node' }),
    status: z.enum(WORKFLOW_STATUSES).optional().meta({ title: 'Status' }),
    tag: z.string().trim().min(1).max(50).optional().meta({ title: 'Tag' }),
    folder: workflowFields.folder.optional(),
    trigger: z.string().max(20).optional().meta({ title: 'Started by', examples: ['schedule'] }), // prettier-ignore
    operation: z.string().max(100).optional().meta({ title: 'Uses the Operation', examples: ['servers.create'] }), // prettier-ignore
    failed: flag('Last run failed'),
    deleted: flag('In the bin', 'Those that can still be restored'),
    sort: z.enum(SORTS).default('name').meta({ title: 'Sort by' }),
    ...pageInput,
    limit: z.coerce.number().int().min(1).max(100).default(25).meta({ title: 'Page size' }),
  }),
  output: pageOf(WorkflowSummary),
  targets: 'filter',
  run: (ctx, asked) => listWorkflows(ctx, asked),
});
