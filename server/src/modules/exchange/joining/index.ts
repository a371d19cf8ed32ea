import { exchangeOnboardingGet } from './operations/exchange.onboarding.get.ts';
import { exchangePortsGet } from './operations/exchange.ports.get.ts';
import { exchangePortsInstructions } from './operations/exchange.ports.instructions.ts';
import { exchangePortsLeave } from './operations/exchange.ports.leave.ts';
import { exchangePortsList } from './operations/exchange.ports.list.ts';
import { exchangePortsRemove } from './operations/exchange.ports.remove.ts';
import { exchangePortsResume } from './operations/exchange.ports.resume.ts';
import { exchangePortsSuspend } from './operations/exchange.ports.suspend.ts';
import { exchangeRequestsApprove } from './operations/exchange.requests.approve.ts';
import { exchangeRequestsCreate } from './operations/exchange.requests.create.ts';
import { exchangeRequestsGet } from './operations/exchange.requests.get.ts';
import { exchangeRequestsList } from './operations/exchange.requests.list.ts';
import { exchangeRequestsReject } from './operations/exchange.requests.reject.ts';
import { exchangeRequestsRetry } from './operations/exchange.requests.retry.ts';
import { exchangeRequestsRetryServer } from './operations/exchange.requests.retryServer.ts';
import { exchangeRequestsUpdate } from './operations/exchange.requests.update.ts';
import { exchangeRequestsWithdraw } from './operations/exchange.requests.withdraw.ts';
import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import './problems.ts';
import { lookAtRequests, watchRequests } from './deciding.ts';
import { ended } from './provision.ts';
import { onServer } from './quieting.ts';
import { STATUSES } from './rules.ts';

export const operations = [
  exchangeOnboardingGet, exchangeRequestsList, exchangeRequestsGet, exchangeRequestsCreate, exchangeRequestsUpdate, exchangeRequestsWithdraw, exchangeRequestsApprove, exchangeRequestsReject, exchangeRequestsRetry, exchangeRequestsRetryServer, exchangePortsList, exchangePortsGet, exchangePortsInstructions, exchangePortsLeave, exchangePortsRemove, exchangePortsSuspend, exchangePortsResume,
]; // prettier-ignore

const moved = z.object({
  id: z.uuid(),
  fabricId: z.uuid(),
  fabric: z.string(),
  asn: z.int(),
  status: z.enum(STATUSES),
  statusSeq: z.int(),
  requesterId: z.uuid(),
  recipients: z.array(z.uuid()),
  summary: z.string(),
  reason: z.string().nullable(),
});
const SUMMARIES: Readonly<Record<(typeof STATUSES)[number], string>> = {
  pending: 'A network asked for a port',
  approved: 'A join request was agreed to',
  provisioning: 'A port is being set up',
  active: 'A port is set up',
  failed: 'Setting up a port failed',
  suspended: 'A port was stopped',
  leaving: 'A port is being taken away',
  rejected: 'A join request was refused',
  withdrawn: 'A network took its join request back',
  left: 'A port is gone',
};

/** One for each status, told whenever a request comes to it. */
export const events: NonNullable<Module['events']> = {
  ...Object.fromEntries(STATUSES.map((status) => [`exchange.request.${status}`, { summary: SUMMARIES[status], data: moved }])),
  'exchange.request.updated': {
    summary: 'A join request was changed by the network',
    data: z.object({ id: z.uuid(), fabricId: z.uuid(), fabric: z.string(), asn: z.int() }),
  },
};

export const on: NonNullable<Module['on']> = {
  'change.failed': ended,
  'change.cancelled': ended,
  'exchange.generation.confirmed': onServer,
  'exchange.request.pending': (ctx, { data }) => lookAtRequests(ctx, String(data['fabricId'])),
};

export const schedules: NonNullable<Module['schedules']> = [{ name: 'exchange-requests', cron: '*/5 * * * *', outside: watchRequests }];
