import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ReportView, reportView } from '../schemas.ts';
import { reportById } from '../visible.ts';

export const reportsGet = defineOperation({
  name: 'reports.get',
  summary: 'Show a report and its signed manifest',
  permission: 'reports:read',
  risk: 'read',
  input: z.object({ id: z.uuid().meta({ title: 'Report' }) }),
  output: ReportView,
  targets: 'filter',
  run: async (ctx, { id }) => reportView(await reportById(ctx, id)),
});
