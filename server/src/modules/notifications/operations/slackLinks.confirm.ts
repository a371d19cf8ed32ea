import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { confirmLink, SlackLink } from '../slack/own-links.ts';

export const slackLinksConfirm = defineOperation({
  name: 'slackLinks.confirm',
  summary: 'Confirm that somebody in Slack is you',
  description: 'From then on what that person decides in Slack counts as decided by you. Slack has to know them by your address.',
  stepUp: 300,
  hiddenFrom: ['mcp'],
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/slack-links' },
  input: z.object({ token: z.string().min(20).max(2_000).meta({ title: 'What the link ends with', secret: true }) }),
  output: SlackLink,
  targets: 'none',
  run: (ctx, { token }) => confirmLink(ctx, token),
});
