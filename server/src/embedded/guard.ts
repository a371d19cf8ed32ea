import { spawn } from 'node:child_process';

/** Ends the PostgreSQL of one cluster; when we vanish without a word (`kill -9`), it does so by itself. */
export interface Guard {
  /** Resolves when PostgreSQL has stopped. */
  stop: () => Promise<void>;
  /** PostgreSQL is another process's to end. */
  dismiss: () => void;
}

/**
 * Waits for the end of its input, which comes when we close it or die, whatever kills us. Then the postmaster named in the pid
 * file gets SIGINT (fast shutdown: sessions end, all is written) or, if the cluster is thrown away, SIGQUIT. One that does not
 * stop in a minute gets SIGQUIT too: it recovers at the next start. A left-over file may name a stranger, hence the look at its name.
 */
const SCRIPT = `
read -r _
file="$1/cluster/data/postmaster.pid"
pid=$(head -n 1 "$file" 2>/dev/null)
alive() {
  [ -n "$pid" ] && [ "$(head -n 1 "$file" 2>/dev/null)" = "$pid" ] || return 1
  case "$(cat "/proc/$pid/comm" 2>/dev/null || ps -o comm= -p "$pid" 2>/dev/null)" in *postgres*) kill -0 "$pid" 2>/dev/null ;; *) return 1 ;; esac
}
if alive; then
  kill "-$2" "$pid"
  left=600
  while alive && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
  if alive; then kill -QUIT "$pid"; fi
fi
if [ "$3" = throwaway ]; then
  while alive; do sleep 0.1; done
  rm -rf -- "$1"
fi
`;

export function startGuard(home: string, throwaway: boolean): Guard {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'switchyard-guard', home, throwaway ? 'QUIT' : 'INT', throwaway ? 'throwaway' : 'keep'], {
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
