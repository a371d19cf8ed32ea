import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { isWhole } from '../kind.ts';
import { KINDS } from '../kinds/index.ts';

const KindView = z.object({
  key: z.string(),
  title: z.string(),
  about: z.string(),
  filters: z.array(z.string()),
  columns: z.array(z.object({ key: z.string(), title: z.string() })),
  available: z.boolean().meta({ help: 'False where it concerns the whole tenant and your grants reach a part of it' }),
});

export const reportsKinds = defineOperation({
  name: 'reports.kinds',
  summary: 'List the kinds of reports',
  description: 'What each of them tells, which filters it takes and which columns it has.',
  permission: 'reports:read',
  risk: 'read',
  route: { method: 'GET', path: '/report-kinds' },
  input: z.object({}),
  output: z.object({ items: z.array(KindView) }),
  targets: 'none',
  run: async (ctx) => ({
    items: KINDS.map(({ key, title, about, filters, columns, scoped }) => ({
      key,
      title,
      about,
      filters: [...filters],
      columns: columns({}).map((column) => ({ key: column.key, title: column.title })),
      available: scoped || isWhole(ctx.reach.map(({ scope }) => scope)),
    })),
  }),
});
