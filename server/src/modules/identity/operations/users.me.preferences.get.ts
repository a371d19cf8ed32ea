import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { Preferences } from '../profile/schemas.ts';

export const usersMePreferencesGet = defineOperation({
  name: 'users.me.preferences.get',
  summary: 'Show your preferences',
  permission: 'profile:read',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/users/me/preferences' },
  input: z.object({}),
  output: Preferences,
  targets: 'none',
  async run(ctx) {
    requireSession(ctx.actor);
    return ctx.provider(Profile).preferences(ctx.actor.id);
  },
});
