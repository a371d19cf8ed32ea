import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What is registered: members of sets, and prefixes by origin. */
export interface Registered {
  sets: Record<string, readonly string[]>;
  v4: Record<number, readonly string[]>;
  v6: Record<number, readonly string[]>;
}

/** `A<length>\n<text>\nC\n` with something, `D` where there is no such key, as IRRd answers (its manual, "whois queries"). */
const found = (items: readonly string[] | undefined): string => {
  if (!items || items.length === 0) return 'D\n';
  const text = `${items.join(' ')}\n`;
  return `A${text.length}\n${text}C\n`;
};

/**
 * A routing registry that speaks IRRd's protocol: `!!` stays connected, `!n` says who asks, `!s` chooses sources (`!s-lc` tells which), `!i` the members of a set
 * (`,1` all below it), `!g` and `!6` prefixes of an origin, `!a` prefixes of all origins of a set.
 */
export async function startIrrd(registered: Registered) {
  const asked: string[] = [];
  const held = new Set<Socket>();
  let hangs = false;

  const below = (name: string, seen = new Set<string>()): string[] => {
    if (/^AS\d+$/.test(name)) return [name];
    if (seen.has(name)) return [];
    seen.add(name);
    return (registered.sets[name] ?? []).flatMap((member) => below(member, seen));
  };
  const members = (query: string): readonly string[] | undefined => {
    const [name = '', all] = query.toUpperCase().split(',');
    return all === '1' ? [...new Set(below(name))] : registered.sets[name];
  };
  const prefixes = (family: 'v4' | 'v6', asn: string): readonly string[] => registered[family][Number(asn.replace(/^AS/i, ''))] ?? [];
  const answerTo = (line: string): string | undefined => {
    const query = line.slice(2);
    const all = (families: readonly ('v4' | 'v6')[], set: string) => found(families.flatMap((family) => below(set.toUpperCase()).flatMap((asn) => prefixes(family, asn))));
    switch (line.slice(0, 2)) {
      case '!!': return '';
      case '!s': return query === '-lc' ? found(['RIPE,RADB']) : 'C\n';
      case '!n': case '!t': return 'C\n';
      case '!v': return found(['IRRd -- version 4.4.4 (emulated)']);
      case '!i': return found(members(query));
      case '!g': return found(prefixes('v4', query));
      case '!6': return found(prefixes('v6', query));
      case '!a': {
        if (query === '') return 'F Missing required set name for A query\n';
        const [, family, set = ''] = /^([46]?)(.+)$/.exec(query)!;
        return all(family === '4' ? ['v4'] : family === '6' ? ['v6'] : ['v4', 'v6'], set);
      }
      default: return 'F Unrecognised command\n';
    }
  }; // prettier-ignore

  const server: Server = createServer((socket) => {
    held.add(socket);
    let rest = '';
    socket.on('error', () => undefined).on('close', () => held.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) {
        asked.push(line);
        if (hangs) continue;
        if (line === '!q' || line === 'q') return void socket.end();
        socket.write(answerTo(line) ?? '');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    registered,
    asked,
    /** It takes what it is asked and says nothing. */
    hang: (yes: boolean) => void (hangs = yes),
    close: () => {
      for (const socket of held) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
