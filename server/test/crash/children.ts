import { spawn } from 'node:child_process';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';
import type { Orders } from './process.ts';

const SCRIPT = program(new URL('./process.ts', import.meta.url));

export interface Child {
  pid: number;
  /** It carries out jobs or answers calls. Rejects when it ends before. */
  ready: Promise<void>;
  /** The signal that ended it, or null when it left by itself. */
  ended: Promise<NodeJS.Signals | null>;
  signal: (signal: NodeJS.Signals) => void;
}

/** Processes of one test; all are gone after `end`. */
export function createChildren() {
  const all = new Set<Child>();

  function start(orders: Orders): Child {
    const child = spawn(process.execPath, [SCRIPT], {
      env: { ...LEAN, CRASH_ORDERS: JSON.stringify(orders), CRASH_LOG: process.env['CRASH_LOG'] },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined);
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
    const ready = new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      void ended.then(() => reject(new Error(`it ended before it was ready: ${words}`)));
    });
    ready.catch(() => undefined); // only some wait for it
    const one: Child = { pid: child.pid!, ready, ended, signal: (signal) => void child.kill(signal) };
    all.add(one);
    void ended.then(() => all.delete(one));
    return one;
  }

  return {
    start,
    async end(): Promise<void> {
      await Promise.all(
        [...all].map((child) => {
          child.signal('SIGKILL');
          return child.ended;
        }),
      );
    },
  };
}
