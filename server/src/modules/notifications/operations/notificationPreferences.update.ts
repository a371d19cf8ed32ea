import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { preferencesView, savePreferences } from '../own.ts';
import { DIGESTS, KindName, Preferences, QuietHours } from '../schemas.ts';

export const notificationPreferencesUpdate = defineOperation({
  name: 'notificationPreferences.update',
  summary: 'Choose what you are told of, and how',
  description: 'What is critical, such as an emergency, comes by every way at any hour.',
  permission: 'notifications:inbox',
  access: 'self',
  risk: 'write',
  change: 'none',
  route: { method: 'PUT', path: '/notification-preferences' },
  input: z.object({
    kinds: z
      .array(z.object({ kind: KindName, inApp: z.boolean().optional(), email: z.boolean().optional() }))
      .max(100)
      .default([])
      .meta({ title: 'By kind', help: 'Kinds that are left out stay as they are' }),
    quiet: QuietHours.nullable().optional().meta({ title: 'Quiet hours', help: 'Mails wait until they are over' }),
    digest: z.enum(DIGESTS).optional().meta({ title: 'Mails in one', help: 'off: each at once' }),
  }),
  output: Preferences,
  targets: 'none',
  run: async (ctx, wanted) => preferencesView(await savePreferences(ctx, wanted)),
});
