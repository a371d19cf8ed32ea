import { powerOperation } from '../power.ts';

export const serversPoweroff = powerOperation({
  verb: 'poweroff',
  summary: 'Power a server off',
  description: 'Cuts the power at once, without telling the guest: unsaved data may be lost. Prefer servers.stop.',
  words: 'Power off',
  risk: 'high',
  undoable: true,
});
