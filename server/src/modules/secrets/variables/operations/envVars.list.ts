import { defineOperation } from '#kernel/operation.ts';
import { pageOf, toPage } from '#kernel/page.ts';
import { listCursor, listRows } from '../../lists.ts';
import { Variable } from '../../schemas.ts';
import { ListVariables } from '../inputs.ts';
import { variableViews } from '../view.ts';

export const envVarsList = defineOperation({
  name: 'envVars.list',
  summary: 'List environment variables',
  description: 'By name, with their values; those of type secret are null.',
  permission: 'secrets:read',
  risk: 'read',
  route: { method: 'GET', path: '/env-vars' },
  input: ListVariables,
  output: pageOf(Variable),
  targets: 'filter',
  async run(ctx, asked) {
    const rows = await listRows(ctx, 'variable', { ...asked, deleted: false });
    const { items, nextCursor } = toPage(rows, asked.limit, listCursor, (row) => row);
    return { items: await variableViews(ctx, items), nextCursor };
  },
});
