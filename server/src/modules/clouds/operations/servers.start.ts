import { powerOperation } from '../power.ts';

export const serversStart = powerOperation({
  verb: 'start',
  summary: 'Start a server',
  description: 'Switches a stopped server on and waits until it runs.',
  words: 'Start',
  risk: 'write',
  undoable: true,
});
