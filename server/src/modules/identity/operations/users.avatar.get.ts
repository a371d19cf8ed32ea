import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Profile } from '../profile/port.ts';

export const usersAvatarGet = defineOperation({
  name: 'users.avatar.get',
  summary: 'Show the picture of a person',
  description: 'To the person, and to members of a tenant that both belong to.',
  permission: 'profile:read',
  risk: 'read',
  access: 'self',
  download: 'inline',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'GET', path: '/users/{id}/avatar' },
  input: z.object({ id: z.uuid(), v: z.uuid().optional().meta({ title: 'Picture', help: 'Makes the address of another picture another one' }) }),
  output: z.object({ content: z.string(), mediaType: z.literal('image/webp'), encoding: z.literal('base64') }),
  targets: 'none',
  async run(ctx, { id }) {
    const image = await ctx.provider(Profile).avatar(ctx.actor.id, id);
    if (!image) throw new Problem('not-found', 'There is no such person here, or they have no picture.');
    return { content: image.toString('base64'), mediaType: 'image/webp' as const, encoding: 'base64' as const };
  },
});
