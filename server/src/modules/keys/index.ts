import { defineModule, type PlatformJob } from '#kernel/module.ts';
import { Reencryptions } from './providers/port.ts';

/** Keys that tenants' values are sealed under, and their change. It has no operations: master keys are the installation's, and its operator's. */
export const keys = defineModule({
  name: 'keys',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [],
  events: { 'sealing.failed': 'A sealed value does not open: it was altered, copied from elsewhere, or its key is gone' },
  schedules: [{ name: 'keys-resume', cron: '41 * * * *', once: ({ provider }: PlatformJob) => provider(Reencryptions).resume() }],
});
