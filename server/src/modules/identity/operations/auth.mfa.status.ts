import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Enrolment } from '../factors/ports.ts';
import { Status, statusView } from '../factors/schemas.ts';

export const authMfaStatus = defineOperation({
  name: 'auth.mfa.status',
  summary: 'Show your second factors and whether one is demanded of you',
  permission: 'auth:login',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/auth/mfa' },
  input: z.object({}),
  output: Status,
  targets: 'none',
  run: async ({ actor, tenantId, provider }) => statusView(await provider(Enrolment).status(actor.id, tenantId)),
});
