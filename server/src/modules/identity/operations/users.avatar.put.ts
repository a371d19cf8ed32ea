import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { avatarUrl } from '../profile/avatars.ts';
import { MAX_BYTES } from '../profile/picture.ts';
import { Profile } from '../profile/port.ts';

export const usersAvatarPut = defineOperation({
  name: 'users.avatar.put',
  summary: 'Set your picture',
  description: 'JPEG, PNG, WebP or GIF of at most 5 MiB, as a file. It is drawn anew: 512 × 512 pixels, WebP, without metadata.',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'PUT', path: '/users/me/avatar' },
  upload: 'image',
  // The frame of a multipart form comes on top.
  bodyLimit: MAX_BYTES + 64 * 1024,
  input: z.object({ image: z.base64().meta({ title: 'Picture', help: 'The file, in base64' }) }),
  output: z.object({ avatarUrl: z.string() }),
  targets: 'none',
  async run(ctx, { image }) {
    requireSession(ctx.actor);
    const id = await ctx.provider(Profile).putAvatar(ctx.actor.id, Buffer.from(image, 'base64'));
    return { avatarUrl: avatarUrl(ctx.actor.id, id)! };
  },
});
