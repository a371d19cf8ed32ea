import { powerOperation } from '../power.ts';

export const serversReboot = powerOperation({
  verb: 'reboot',
  summary: 'Reboot a server',
  description: 'Asks the guest to restart and waits until it runs again.',
  words: 'Reboot',
  risk: 'write',
  undoable: false,
});
