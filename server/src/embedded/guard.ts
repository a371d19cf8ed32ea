import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Ends the PostgreSQL of one cluster; when we vanish without a word (`kill -9`), it does so by itself. */
export interface Guard {
  /** Resolves when PostgreSQL has stopped. */
  stop: () => Promise<void>;
  /** PostgreSQL is another process's to end. */
  dismiss: () => void;
}

const SCRIPT = fileURLToPath(new URL('./guard.sh', import.meta.url));

export function startGuard(home: string, throwaway: boolean): Guard {
  const child = spawn('/bin/sh', [SCRIPT, home, throwaway ? 'QUIT' : 'INT', throwaway ? 'throwaway' : 'keep'], {
    // Its own session, so that Ctrl-C in the terminal reaches us alone.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    stop: () => {
      child.ref();
      child.stdin.end();
      return ended;
    },
    dismiss: () => void child.kill('SIGKILL'),
  };
}
