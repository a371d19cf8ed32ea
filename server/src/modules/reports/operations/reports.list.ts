import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { KIND_KEYS } from '../kinds/index.ts';
import { ReportView, reportView } from '../schemas.ts';
import { reports } from '../tables.ts';
import { visible } from '../visible.ts';

export const reportsList = defineOperation({
  name: 'reports.list',
  summary: 'List reports that were made',
  description: 'Newest first. Those that hold more than you reach are left out.',
  permission: 'reports:read',
  risk: 'read',
  input: z.object({ kind: z.enum(KIND_KEYS).optional().meta({ title: 'Kind' }), ...pageInput }),
  output: pageOf(ReportView),
  targets: 'filter',
  async run(ctx, { kind, cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const wanted = and(
      visible(ctx),
      kind === undefined ? undefined : eq(reports.kind, kind),
      before === undefined ? undefined : lt(reports.id, String(before)),
    );
    const rows = await ctx.db.select().from(reports).where(wanted).orderBy(desc(reports.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ id }) => [id], reportView);
  },
});
