import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { securityEventById } from '../security/find.ts';
import { SecurityEventView, securityEventView } from '../security/schemas.ts';

export const securityEventsGet = defineOperation({
  name: 'securityEvents.get',
  summary: 'Show a security event',
  permission: 'securityEvents:read',
  risk: 'read',
  sensitive: true,
  input: z.object({ id: z.uuid().meta({ title: 'Security event' }) }),
  output: SecurityEventView,
  targets: 'none',
  run: async (ctx, { id }) => securityEventView(await securityEventById(ctx, id)),
});
