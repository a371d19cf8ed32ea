/** One route as `show route all` has it. Communities are written as people write them: `65535:0`, `64500:1101:3`. */
export interface Route {
  prefix: string;
  /** Of the session that it came by. */
  protocol: string;
  /** As the clock of the server has it. */
  since: string;
  /** The best of its prefix. */
  primary: boolean;
  preference: number;
  gateway: string | null;
  interface: string | null;
  origin: string | null;
  asPath: string;
  nextHop: string | null;
  localPref: number | null;
  med: number | null;
  communities: string[];
  largeCommunities: string[];
  extCommunities: string[];
}

const HEAD = /^(\S+)?\s+[a-z]+ \[(\S+) ([^\]]+?)(?: from \S+)?\]\s*([*!?]?)\s*\((\d+)[^)]*\)/;
const VIA = /^\s+via (\S+)(?: on (\S+))?/;
const ATTRIBUTE = /^\s+BGP\.([a-z_]+): ?(.*)$/;
const MORE = /^\s+(\(.*)$/;

const listed = (text: string): string[] => [...text.matchAll(/\(([^)]*)\)/g)].map(([, inner = '']) => inner.split(/,\s*/).join(':'));
const numbered = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);

const SET: Readonly<Record<string, (route: Route, text: string) => void>> = {
  origin: (route, text) => (route.origin = text),
  as_path: (route, text) => (route.asPath = text),
  next_hop: (route, text) => (route.nextHop = text.split(' ')[0] ?? null),
  local_pref: (route, text) => (route.localPref = numbered(text)),
  med: (route, text) => (route.med = numbered(text)),
  community: (route, text) => route.communities.push(...listed(text)),
  large_community: (route, text) => route.largeCommunities.push(...listed(text)),
  ext_community: (route, text) => route.extCommunities.push(...listed(text)),
};

function begun(line: string, prefix: string): Route | undefined {
  const head = HEAD.exec(line);
  if (!head) return undefined;
  const [, own = prefix, protocol = '', since = '', mark = '', preference = '0'] = head;
  return { prefix: own, protocol, since, primary: mark === '*', preference: Number(preference), gateway: null, interface: null, origin: null, asPath: '', nextHop: null, localPref: null, med: null, communities: [], largeCommunities: [], extCommunities: [] }; // prettier-ignore
}

/**
 * Reads routes as they come in, piece by piece, and keeps the first `most` of them. `push` answers whether it wants more: what follows the
 * last that is kept is not waited for.
 */
export function routeReader(most: number) {
  const routes: Route[] = [];
  let rest = '';
  let last = '';
  let isCut = false;

  function detail(route: Route, text: string): void {
    const [, gateway, device] = VIA.exec(text) ?? [];
    if (gateway !== undefined) [route.gateway, route.interface] = [gateway, device ?? null];
    const [, name, value = ''] = ATTRIBUTE.exec(text) ?? [];
    if (name !== undefined) last = name;
    // Long lists go on in the next line.
    const told = name === undefined ? MORE.exec(text)?.[1] : value.trim();
    if (told !== undefined) SET[last]?.(route, told);
  }
  function line(text: string): void {
    const next = begun(text, routes.at(-1)?.prefix ?? '');
    const route = routes.at(-1);
    if (next && routes.length >= most) isCut = true;
    else if (next) routes.push(next);
    else if (route) detail(route, text);
  }

  return {
    push(part: string): boolean {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        if (isCut) break;
        line(text);
      }
      return !isCut;
    },
    /** All that was read, and whether there was more. */
    end(): { routes: Route[]; isCut: boolean } {
      if (rest !== '' && !isCut) line(rest);
      rest = '';
      return { routes, isCut };
    },
  };
}

/** In `show route count`: of each table how many of how many; the first is what was asked for. */
export const countedIn = (text: string): number => [...text.matchAll(/^(\d+) of \d+ routes/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
