import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { selfOf } from '../factors/own.ts';
import { Devices } from '../factors/ports.ts';

export const authDevicesRevoke = defineOperation({
  name: 'auth.devices.revoke',
  summary: 'Trust a device no longer',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'DELETE', path: '/auth/devices/{id}' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    if (!(await ctx.provider(Devices).forget(selfOf(ctx), id))) throw new Problem('not-found', 'You trust no such device, or no longer.');
    return { id };
  },
});
