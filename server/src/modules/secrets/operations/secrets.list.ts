import { defineOperation } from '#kernel/operation.ts';
import { pageOf, toPage } from '#kernel/page.ts';
import { ListInput } from '../inputs.ts';
import { listCursor, listRows } from '../lists.ts';
import { secretView } from '../rows.ts';
import { Secret } from '../schemas.ts';

export const secretsList = defineOperation({
  name: 'secrets.list',
  summary: 'List secrets',
  description: 'By name. What is known of them, never a value.',
  permission: 'secrets:read',
  risk: 'read',
  input: ListInput,
  output: pageOf(Secret),
  targets: 'filter',
  async run(ctx, asked) {
    const now = ctx.now();
    return toPage(await listRows(ctx, 'secret', asked), asked.limit, listCursor, (row) => secretView(row, now));
  },
});
