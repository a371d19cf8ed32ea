import { getServers, promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { challengeName, challengeValue, type Looked, type ServerAnswer } from '../domains/rules.ts';
import type { DomainLookups } from './port.ts';

export interface LookupOptions {
  /** `address` or `address:port`; the machine's own when left out. The first two are asked. */
  resolvers?: readonly string[];
  /** Port of authoritative servers: 53 everywhere but in a laboratory. */
  port?: number;
  /** A zone may send us to private and loopback addresses: a laboratory. */
  allowPrivate?: boolean;
  /** Host names under which the installation itself is reached: a domain that points to the same addresses reaches it too. */
  ownHosts?: readonly string[];
  /** For the whole look, in milliseconds. */
  withinMs?: number;
}

const QUIET = new Set(['ENOTFOUND', 'ENODATA', 'NOTFOUND', 'NODATA']);
const MOST_SERVERS = 4;
const MOST_HOPS = 4;

type Resolver = dns.Resolver;

/** What a question is answered with; nothing for a name or type that is not there. Throws when the server does not answer. */
async function answers<T>(question: Promise<T[]>): Promise<T[]> {
  try {
    return await question;
  } catch (error) {
    if (QUIET.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

const withPort = (address: string, port: number): string => (isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`);
const isPublic = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** One look: every resolver made for it is stopped when the time is over. A new resolver each time, since it remembers answers. */
class Look {
  private readonly made: Resolver[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly options: Required<LookupOptions>;

  constructor(options: Required<LookupOptions>) {
    this.options = options;
    this.timer = setTimeout(() => this.made.forEach((resolver) => resolver.cancel()), options.withinMs);
  }

  end(): void {
    clearTimeout(this.timer);
  }

  at(server: string): Resolver {
    const resolver = new dns.Resolver({ timeout: 1_000, tries: 2 });
    resolver.setServers([server]);
    this.made.push(resolver);
    return resolver;
  }

  private async addresses(host: string, by: Resolver): Promise<string[]> {
    const found = await Promise.all([answers(by.resolve4(host)), answers(by.resolve6(host)).catch(() => [])]);
    return found.flat();
  }

  /** Name servers of the zone that holds the name: the nearest parent that has any. */
  private async authorities(name: string, by: Resolver): Promise<{ host: string; address: string }[]> {
    const labels = name.split('.');
    for (let from = 0; from <= labels.length - 2; from += 1) {
      const hosts = await answers(by.resolveNs(labels.slice(from).join('.'))).catch(() => [] as string[]);
      if (hosts.length === 0) continue;
      const found = await Promise.all(hosts.slice(0, MOST_SERVERS).map(async (host) => (await this.addresses(host, by).catch(() => [])).map((address) => ({ host, address })))); // prettier-ignore
      return found.flatMap((all) => all.slice(0, 1));
    }
    return [];
  }

  /** The text records at one authoritative server, or the name to which it sends us on. */
  private async textAt(server: Resolver, name: string): Promise<{ texts: string[]; alias: string | undefined }> {
    const texts = await answers(server.resolveTxt(name));
    if (texts.length > 0) return { texts: texts.map((parts) => parts.join('')), alias: undefined };
    const [alias] = await answers(server.resolveCname(name)).catch(() => [] as string[]);
    return { texts: [], alias: alias?.toLowerCase() };
  }

  async authoritative(name: string, wanted: string, by: Resolver, hops = 0): Promise<ServerAnswer[]> {
    const servers = await this.authorities(name, by);
    if (servers.length === 0) return [{ server: 'authoritative', answer: `no name server of ${name} is found`, ok: false }];
    const all = await Promise.all(servers.map(({ host, address }) => this.ask(`authoritative ${host}`, address, name, wanted)));
    const alias = all.find((one) => one.alias !== undefined)?.alias;
    if (alias !== undefined && hops < MOST_HOPS) return this.authoritative(alias, wanted, by, hops + 1);
    return all.map(({ said }) => said);
  }

  private async ask(server: string, address: string, name: string, wanted: string): Promise<{ said: ServerAnswer; alias?: string | undefined }> {
    if (!this.options.allowPrivate && !isPublic(address))
      return { said: { server, answer: `has the address ${address}, which is not public`, ok: false } };
    try {
      const { texts, alias } = await this.textAt(this.at(withPort(address, this.options.port)), name);
      return { said: verdict(server, texts, wanted), alias };
    } catch (error) {
      return { said: silent(server, error) };
    }
  }

  async resolver(address: string, name: string, wanted: string): Promise<ServerAnswer> {
    const server = `resolver ${address}`;
    try {
      const texts = await answers(this.at(address).resolveTxt(name));
      return verdict(server, texts.map((parts) => parts.join('')), wanted); // prettier-ignore
    } catch (error) {
      return silent(server, error);
    }
  }

  async traffic(domain: string, tenantHost: string | undefined, by: Resolver): Promise<ServerAnswer[]> {
    const server = 'traffic';
    try {
      const [alias] = await answers(by.resolveCname(domain)).catch(() => [] as string[]);
      if (alias !== undefined && alias.toLowerCase() === tenantHost) return [{ server, answer: `CNAME ${alias}`, ok: true }];
      const there = await this.addresses(domain, by);
      const hosts = [...this.options.ownHosts, ...(tenantHost === undefined ? [] : [tenantHost])];
      const ours = new Set((await Promise.all(hosts.map((host) => this.addresses(host, by).catch(() => [])))).flat());
      const answer = alias === undefined ? there.join(', ') || 'no address' : `CNAME ${alias}`;
      return [{ server, answer, ok: there.some((address) => ours.has(address)) }];
    } catch (error) {
      return [silent(server, error)];
    }
  }
}

const verdict = (server: string, texts: readonly string[], wanted: string): ServerAnswer =>
  texts.includes(wanted)
    ? { server, answer: 'shows the record', ok: true }
    : { server, answer: texts.length === 0 ? 'has no such record yet' : `shows ${texts.length} other record(s) there`, ok: false };

const silent = (server: string, error: unknown): ServerAnswer => ({ server, answer: `does not answer (${(error as NodeJS.ErrnoException).code ?? 'no reason'})`, ok: false }); // prettier-ignore

const DEFAULTS: Required<LookupOptions> = { resolvers: [], port: 53, allowPrivate: false, ownHosts: [], withinMs: 5_000 };

/** Looks by DNS, as the world would: at the zone's own servers, and at two resolvers to see whether it has spread. */
export function createDomainLookups(options: LookupOptions = {}): DomainLookups {
  const whole = { ...DEFAULTS, ...options };
  const resolvers = (whole.resolvers.length > 0 ? whole.resolvers : getServers()).slice(0, 2);
  return {
    async look({ domain, token, tenantHost }): Promise<Looked> {
      if (resolvers.length === 0) return { proof: [{ server: 'resolver', answer: 'this machine has none', ok: false }], traffic: [] };
      const look = new Look(whole);
      const [name, wanted] = [challengeName(domain), challengeValue(token)];
      const first = look.at(resolvers[0]!);
      try {
        const [authoritative, traffic, ...spread] = await Promise.all([
          look.authoritative(name, wanted, first),
          look.traffic(domain, tenantHost, first),
          ...resolvers.map((address) => look.resolver(address, name, wanted)),
        ]);
        return { proof: [...authoritative, ...spread], traffic };
      } finally {
        look.end();
      }
    },
  };
}
