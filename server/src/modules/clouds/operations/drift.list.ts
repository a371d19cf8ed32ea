import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { listFindings } from '../finding-list.ts';
import { DRIFT_KINDS, Finding, FINDING_STATUSES } from '../schemas.ts';

export const driftList = defineOperation({
  name: 'drift.list',
  summary: 'List what differs between Switchyard and the clouds',
  permission: 'drift:read',
  risk: 'read',
  input: z.object({
    ...pageInput,
    status: z.enum(FINDING_STATUSES).default('open').meta({ title: 'Status' }),
    kind: z.enum(DRIFT_KINDS).optional().meta({ title: 'Kind' }),
    connectionId: z.uuid().optional().meta({ title: 'Connection', widget: 'cloud-connection' }),
    serverId: z.uuid().optional().meta({ title: 'Server' }),
  }),
  output: pageOf(Finding),
  targets: 'filter',
  run: (ctx, { status, kind, ...wish }) => listFindings(ctx, { ...wish, statuses: [status], kinds: kind ? [kind] : DRIFT_KINDS }),
});
