import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionView } from '../connection-rows.ts';
import { connectionTargets, countsOf, oneConnection } from '../connection-use.ts';
import { CloudProviders } from '../providers/port.ts';
import { ConnectionDetail, id } from '../schemas.ts';

export const cloudsGet = defineOperation({
  name: 'clouds.get',
  summary: 'Show a cloud connection',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers/{id}' },
  input: z.object({ id }),
  output: ConnectionDetail,
  targets: connectionTargets,
  async run(ctx, input) {
    const row = await oneConnection(ctx, input.id);
    const counts = await countsOf(ctx, [row.id]);
    const capabilities = ctx.provider(CloudProviders).capabilities(row.kind);
    return { ...connectionView(row), ...counts.get(row.id)!, capabilities: capabilities && { ...capabilities, power: [...capabilities.power] } };
  },
});
