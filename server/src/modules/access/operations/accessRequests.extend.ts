import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { askForMore } from '../requests/ask.ts';
import { AccessRequest, Minutes, RequestId } from '../requests/schemas.ts';

export const accessRequestsExtend = defineOperation({
  name: 'accessRequests.extend',
  summary: 'Ask for more time, once',
  description: 'While it is in force. Is agreed to like the first request; never more than twelve hours come together.',
  permission: 'accessRequests:create',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-requests/{id}/extend' },
  input: z.object({ id: RequestId, minutes: Minutes, reason: z.string().trim().min(5).max(500).meta({ title: 'Reason' }) }),
  output: AccessRequest,
  targets: 'none',
  run: askForMore,
});
