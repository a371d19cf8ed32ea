/** What `switchyard-rs` keeps on a route server: generations as they were sent, which one is loaded, and with which one it begins. */

const BLOCK = 512;

/** Plain files of a POSIX tar, by name. */
function filesIn(tar: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  const text = (from: number, length: number): string => tar.toString('utf8', from, from + length).split('\0')[0]!;
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    found.set(text(at, 100), tar.toString('utf8', at + BLOCK, at + BLOCK + size));
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return found;
}

export interface Said {
  code: number;
  out: string;
  err: string;
}
const done = (what: object): Said => ({ code: 0, out: JSON.stringify(what), err: '' });

/** Takes what is sent, as its program does; while its disk is full it takes nothing. BIRD has the sessions of what is loaded, and none of them is up. */
export function createGenerations() {
  const kept = new Map<number, Map<string, string>>();
  let [loaded, current, before, isFull]: [number, number, number | null, boolean] = [0, 0, null, false];
  const sessions = (): string =>
    [...(kept.get(loaded)?.values() ?? [])]
      .flatMap((text) => [...text.matchAll(/^protocol bgp (\S+) /gm)])
      .map(([, name]) => `${name} BGP --- start 2026-03-01 12:00:00 Passive\n`)
      .join('');
  const digests = (): Record<string, string> => {
    const lines = (kept.get(current)?.get('manifest') ?? '').split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  };
  const verbs: Record<string, (number: number, input: Buffer) => Said> = {
    hello: () => done({ version: 1, bird: '2.0.12', generation: loaded, current, pending: before !== null, undoIn: before === null ? null : 60, writable: true, freeKb: 4_000_000, files: digests() }), // prettier-ignore
    stage: (number, input) => {
      if (isFull) return { code: 69, out: '', err: 'the disk is full' };
      kept.set(number, filesIn(input));
      return done({ staged: number });
    },
    check: (number) => done({ checked: number }),
    arm: (number) => {
      [before, loaded] = [loaded, number];
      return done({ armed: number, loaded });
    },
    status: () => ({
      code: 0,
      out: `== configure\n${before === null ? 'Daemon is up and running' : 'undo in 60 s'}\n== protocols\n${sessions()}`,
      err: '',
    }),
    confirm: (number) => {
      [before, current] = [null, number];
      return done({ confirmed: number });
    },
    undo: () => {
      const was = loaded;
      [loaded, before] = [before ?? loaded, null];
      return done({ before: was, loaded });
    },
    prune: (number) => done({ kept: number }),
  };
  return {
    /** Nothing where it has no such word. */
    say: (command: string, input: Buffer): Said | undefined => {
      const [verb = '', number] = command.split(' ');
      return verbs[verb]?.(Number(number), input);
    },
    fill: (full: boolean): void => void (isFull = full),
    loaded: (): number => loaded,
  };
}
