import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import type { Json } from '../graph.ts';
import { asJson, asYaml, documentOf } from '../files/document.ts';
import { namesForIds } from '../files/references.ts';
import { findVersion } from '../model/frozen.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { VersionNumber, WorkflowId } from '../schemas.ts';

export const workflowsExport = defineOperation({
  name: 'workflows.export',
  summary: 'Write a workflow to a file',
  description: 'YAML or JSON in an order that stays, by keys and without ids, so that texts can be compared. Secrets are names; pinned data is left out.',
  permission: 'workflows:read',
  risk: 'read',
  download: true,
  route: { method: 'GET', path: '/workflows/{id}/export' },
  input: z.object({
    id: WorkflowId,
    format: z.enum(['yaml', 'json']).default('yaml').meta({ title: 'Form' }),
    number: VersionNumber.optional().meta({ title: 'Version', help: 'The draft when left out' }),
  }),
  output: z.object({ content: z.string(), mediaType: z.string(), filename: z.string() }),
  targets: workflowTarget,
  async run(ctx, { id, format, number }) {
    const row = await findWorkflow(ctx, id);
    const { graph, settings } = number === undefined ? { graph: row.draft, settings: row.settings } : await findVersion(ctx, row, number);
    const named = await namesForIds(ctx, { graph, settings: settings as unknown as Record<string, Json> });
    const document = documentOf(row, named.graph, named.settings as unknown as typeof settings);
    return {
      content: format === 'yaml' ? asYaml(document) : asJson(document),
      mediaType: format === 'yaml' ? 'application/yaml; charset=utf-8' : 'application/json; charset=utf-8',
      filename: `${row.slug}.${format === 'yaml' ? 'yaml' : 'json'}`,
    };
  },
}); // prettier-ignore
