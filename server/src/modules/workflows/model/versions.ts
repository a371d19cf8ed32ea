import type { z } from 'zod';
import type { VersionSummary, WorkflowVersion } from '../schemas.ts';
import type { VersionRow, WorkflowRow } from '../tables.ts';

export const versionSummary = (row: VersionRow, { activeVersion }: Pick<WorkflowRow, 'activeVersion'>): z.input<typeof VersionSummary> => ({
  number: row.number,
  hash: row.hash,
  note: row.note,
  author: row.author,
  active: row.number === activeVersion,
  publishedAt: row.publishedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  nodes: row.graph.nodes.length,
  serviceAccountId: row.serviceAccountId,
});

export const versionView = (row: VersionRow, workflow: WorkflowRow): z.input<typeof WorkflowVersion> => ({
  ...versionSummary(row, workflow),
  workflowId: row.workflowId,
  graph: row.graph,
  settings: row.settings,
  findings: [...row.validation.errors, ...row.validation.warnings].map((finding) => finding as z.input<typeof WorkflowVersion>['findings'][number]),
});
