import { parentPort } from 'node:worker_threads';
import { runScript, type Ended, type Script } from './sandbox.ts';

export type Answer = { kind: 'ready' } | { kind: 'ended'; ended: Ended };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of ours has no origin
const say = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (script: Script) => {
  void runScript(script).then((ended) => say({ kind: 'ended', ended }));
});
say({ kind: 'ready' });
