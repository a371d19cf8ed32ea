import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { SettingsView } from '../schemas.ts';
import { settingsOf } from '../store.ts';

export const aiSettingsGet = defineOperation({
  name: 'ai.settings.get',
  summary: 'Show which model each purpose has, and what is forbidden',
  description: 'Purposes as they are set: where one has none, that of `llm` holds.',
  permission: 'ai:read',
  risk: 'read',
  route: { method: 'GET', path: '/ai/settings' },
  input: z.object({}),
  output: SettingsView,
  targets: 'none',
  run: (ctx) => settingsOf(ctx),
});
