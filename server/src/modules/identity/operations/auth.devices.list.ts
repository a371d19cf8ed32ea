import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Devices } from '../factors/ports.ts';
import { Device, deviceView } from '../factors/schemas.ts';

export const authDevicesList = defineOperation({
  name: 'auth.devices.list',
  summary: 'List the devices you trust',
  description: 'On them no second factor is asked for seven days.',
  permission: 'auth:login',
  risk: 'read',
  access: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(Device), nextCursor: z.null() }),
  targets: 'none',
  run: async ({ actor, provider }) => ({ items: (await provider(Devices).list(actor.id)).map(deviceView), nextCursor: null }),
});
