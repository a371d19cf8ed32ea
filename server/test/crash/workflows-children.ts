import { spawn } from 'node:child_process';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';
import type { Orders } from './workflows-process.ts';

const SCRIPT = program(new URL('./workflows-process.ts', import.meta.url));

export interface WorkerProcess {
  pid: number;
  ready: Promise<void>;
  /** The signal that ended it, or null when it left by itself. */
  ended: Promise<NodeJS.Signals | null>;
  signal: (signal: NodeJS.Signals) => void;
  /** What it said of its faults. */
  said: () => string;
}

/** Workers of one test; all are gone after `end`. */
export function createWorkers() {
  const all = new Set<WorkerProcess>();
  return {
    start(orders: Orders): WorkerProcess {
      const child = spawn(process.execPath, [SCRIPT], {
        env: { ...LEAN, CRASH_ORDERS: JSON.stringify(orders), CRASH_LOG: process.env['CRASH_LOG'] },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.on('error', () => undefined);
      let words = '';
      child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
      const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      const one: WorkerProcess = { pid: child.pid!, ready, ended, signal: (signal) => void child.kill(signal), said: () => words };
      all.add(one);
      void ended.then(() => all.delete(one));
      return one;
    },
    async end(): Promise<void> {
      await Promise.all([...all].map((one) => (one.signal('SIGKILL'), one.ended)));
    },
  };
}
