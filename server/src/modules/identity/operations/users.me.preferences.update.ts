import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Profile } from '../profile/port.ts';
import { Preferences, PreferencesEdit } from '../profile/schemas.ts';

export const usersMePreferencesUpdate = defineOperation({
  name: 'users.me.preferences.update',
  summary: 'Change your preferences',
  description: 'Fields that are left out stay. Language and time zone are those of the profile; the version counts for both.',
  permission: 'profile:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'PATCH', path: '/users/me/preferences' },
  input: PreferencesEdit,
  output: Preferences,
  targets: 'none',
  async run(ctx, edit) {
    requireSession(ctx.actor);
    return ctx.provider(Profile).prefer(ctx.actor.id, edit, ctx.ifMatch);
  },
});
