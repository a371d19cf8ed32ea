import type { z } from 'zod';
import type { NodeTemplate } from '../schemas.ts';
import type { NodeTemplateRow } from '../tables.ts';

/** A node that was kept as a preset. */
export const nodeTemplateView = (row: NodeTemplateRow): z.input<typeof NodeTemplate> => ({
  id: row.id,
  name: row.name,
  description: row.description,
  type: row.type,
  typeVersion: row.typeVersion,
  config: row.config,
  settings: row.settings,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
});
