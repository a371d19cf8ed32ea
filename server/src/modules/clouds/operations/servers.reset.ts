import { powerOperation } from '../power.ts';

export const serversReset = powerOperation({
  verb: 'reset',
  summary: 'Reset a server',
  description: 'Cuts and restores the power, without telling the guest: unsaved data may be lost. Prefer servers.reboot.',
  words: 'Reset',
  risk: 'high',
  undoable: false,
});
