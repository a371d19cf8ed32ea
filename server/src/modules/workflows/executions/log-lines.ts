import type { z } from 'zod';
import type { executionLogs } from '../engine/tables.ts';
import type { LogLine } from './schemas.ts';

export const lineView = ({ seq, at, level, nodeId, path, message, data }: typeof executionLogs.$inferSelect): z.input<typeof LogLine> => ({
  seq,
  at: at.toISOString(),
  level,
  nodeId,
  iteration: path,
  message,
  data,
});
