import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { linksOf, SlackLink } from '../slack/own-links.ts';

export const slackLinksList = defineOperation({
  name: 'slackLinks.list',
  summary: 'List who in Slack you are known as',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'read',

  input: z.object({}),
  output: z.object({ items: z.array(SlackLink) }),
  targets: 'none',
  run: async (ctx) => ({ items: await linksOf(ctx) }),
});
