import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { preferencesOf, preferencesView } from '../own.ts';
import { Preferences } from '../schemas.ts';

export const notificationPreferencesGet = defineOperation({
  name: 'notificationPreferences.get',
  summary: 'Show what you are told of, and how',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'read',

  route: { method: 'GET', path: '/notification-preferences' },
  input: z.object({}),
  output: Preferences,
  targets: 'none',
  run: async (ctx) => preferencesView(await preferencesOf(ctx)),
});
