import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { removeLink } from '../slack/own-links.ts';

export const slackLinksDelete = defineOperation({
  name: 'slackLinks.delete',
  summary: 'Be known in Slack no longer',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'write',
  change: 'none',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  run: (ctx, { id }) => removeLink(ctx, id),
});
