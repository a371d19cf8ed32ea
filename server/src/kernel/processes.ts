import type { Databases } from './database.ts';
import { newId } from './ids.ts';

const BEAT_MS = 5_000;
/** One that has missed three beats is gone. */
const GONE_SECONDS = 16;

const BEAT = {
  name: 'processes_beat',
  text: `
with gone as (delete from processes where seen_at < now() - interval '${GONE_SECONDS} seconds'),
mine as (insert into processes (id, seen_at) values ($1, now()) on conflict (id) do update set seen_at = excluded.seen_at)
select count(*)::integer as others from processes where id <> $1 and seen_at >= now() - interval '${GONE_SECONDS} seconds'`,
};

export interface Processes {
  /** How many processes share this database, ourselves included, as of a few seconds ago. */
  count: () => number;
  /** Announces this process and begins to look for others; `stop` takes it off the list. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Who else serves this installation: each process says every five seconds that it is there. */
export function createProcesses(databases: Databases, onError: (error: Error) => void): Processes {
  const id = newId();
  let others = 0;
  let timer: NodeJS.Timeout | undefined;
  const beat = (): Promise<void> =>
    databases
      .lookUp(async (db) => {
        const { rows } = await db.$client.query<{ others: number }>({ ...BEAT, values: [id] });
        others = rows[0]!.others;
      })
      .catch(onError);
  return {
    count: () => others + 1,
    async start() {
      await beat();
      timer = setInterval(() => void beat(), BEAT_MS).unref();
    },
    async stop() {
      if (!timer) return;
      clearInterval(timer);
      await databases.lookUp((db) => db.$client.query('delete from processes where id = $1', [id])).catch(onError);
    },
  };
}
