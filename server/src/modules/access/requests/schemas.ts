import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import { REQUEST_STATES, TIMES } from './rules.ts';

const Time = z.iso.datetime();
const Who = z.object({ id: z.uuid(), name: z.string(), email: z.string() });
export const RequestId = z.uuid().meta({ title: 'Request' });
export const Minutes = z.int().min(TIMES.least).max(TIMES.most).meta({ title: 'Minutes', help: '15 minutes to 12 hours' });

export const AccessRequest = z.object({
  id: z.uuid(),
  requester: Who,
  role: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  permission: z.string().nullable(),
  scope: Scope,
  minutes: z.int(),
  startAt: Time.nullable(),
  reason: z.string(),
  status: z.enum([...REQUEST_STATES, 'scheduled', 'active']),
  expiresAt: Time,
  decidedBy: Who.nullable(),
  decidedAt: Time.nullable(),
  comment: z.string().nullable(),
  /** What came of it; null while there is nothing. */
  grant: z.object({ id: z.uuid(), from: Time, until: Time }).nullable(),
  extendsId: z.uuid().nullable(),
  createdAt: Time,
  actions: z.object({ decide: z.boolean(), cancel: z.boolean(), end: z.boolean(), extend: z.boolean() }),
});
export type AccessRequest = z.infer<typeof AccessRequest>;
