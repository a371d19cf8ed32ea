import { setTimeout as pause } from 'node:timers/promises';
import { defineModule, type Module } from '#kernel/module.ts';
import { TorchServer } from './torches.ts';

/** A round each minute: the watchman sets out, as long as it takes goes by, and then he has looked at the torches. */
export const watch = (ms: number): Module =>
  defineModule({
    name: 'watch',
    operations: [],
    schedules: [
      {
        name: 'watch',
        cron: '* * * * *',
        async once({ provider }) {
          const outside = provider(TorchServer);
          const who = String(process.pid);
          await outside.do('set out', who, 'watch');
          await pause(ms);
          await outside.do('looked', who, 'watch');
        },
      },
    ],
  });
