import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { SlackDesk } from '../providers/port.ts';

export const slackActionsReceive = defineOperation({
  name: 'slackActions.receive',
  summary: 'Take the press of a button in Slack',
  description:
    'Called by Slack, with a signature (version 0) that is five minutes old at most. What was pressed is acted on afterwards, as the person whom a confirmed link names.',
  permission: 'slackActions:receive',
  risk: 'write',
  change: 'none',
  access: 'public',
  form: 'own',
  fromServers: true,
  raw: { body: 'body', headers: { timestamp: 'x-slack-request-timestamp', signature: 'x-slack-signature' } },
  bodyLimit: 262_144,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/slack/{tenant}/{channel}' },
  input: z.object({
    tenant: z.uuid(),
    channel: z.uuid(),
    body: z.string().max(262_144),
    timestamp: z.string().max(20).optional(),
    signature: z.string().max(200).optional(),
  }),
  output: z.object({}),
  targets: 'none',
  async run(ctx, { tenant, channel, body, timestamp, signature }) {
    await ctx.provider(SlackDesk).receive(tenant, channel, { body, timestamp, signature });
    return {};
  },
});
