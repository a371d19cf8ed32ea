import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { egressFault, egressUrlFault, exceptionFault, type EgressException } from '#kernel/outbound-egress.ts';
import { addressFault, Forbidden } from '#kernel/outbound.ts';
import { createOutgoing } from '#modules/identity/federation/outgoing.ts';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import { fetchBy } from '#modules/ai/providers/outlet.ts';
import { sdk } from '#modules/ai/providers/sdk.ts';
import type { ModelFault } from '#modules/ai/providers/port.ts';
import { createNodeRun, faultOf, outputOf } from '#test/lone-node.ts';
import { createEgress } from './adapter.ts';
import { data } from '../nodes/data/index.ts';
import { httpApi } from '../nodes/http_api/index.ts';
import { monitoring } from '../nodes/monitoring/index.ts';

const HOSTS = {
  loopback: ['127.0.0.1', '127.0.0.2', '127.1', '127.0.1', '127.255.255.254', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'foo.bar.localhost.'],
  private: ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.255.255', '100.64.0.1', '100.127.255.254', '10.1', '192.168.257'],
  metadata: ['169.254.169.254', '169.254.170.2', '169.254.0.1', '100.100.100.200', '168.63.129.16', '[fd00:ec2::254]', '[::ffff:169.254.169.254]', '0xa9fea9fe', '2852039166', '169.254.43518', '0251.0376.0251.0376'],
  reserved: ['0.0.0.0', '0', '0.1.2.3', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
  spellings: ['2130706433', '0x7f000001', '0x7f.1', '0x7F.0x0.0x0.0x1', '017700000001', '0177.0.0.1', '0177.1', '00000177.0.0.1', '127.0.0.1.', '127.0.0x1', '①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.0.0.1', '%31%32%37.0.0.1', 'ⓛocalhost', 'ℓocalhost', 'localhost。', '167772161', '0x0a000001', '012.0.0.1', '3232235521', '0xC0A80001'],
  ipv6: [
    '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::127.0.0.1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::ffff:0:127.0.0.1]', '[::ffff:c0a8:1]',
    '[64:ff9b::7f00:1]', '[64:ff9b::a00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2002:a00:1::1]', '[2002:c0a8:1::]', '[2001:0:7f00:1::]', '[2001::1]', '[2001:470::5efe:7f00:1]', '[2001:470::200:5efe:7f00:1]',
    '[fe80::1]', '[febf::1]', '[fec0::1]', '[fc00::1]', '[fd00::1]', '[fdff:ffff::1]', '[ff02::1]', '[ff05::2]', '[2001:db8::1]', '[3fff::1]', '[100::1]', '[5f00::1]', '[2001:2::1]', '[2001:20::1]', '[2001:10::1]', '[4000::1]', '[1::1]',
  ],
} as const; // prettier-ignore
const ADDRESSES = [
  ...Object.values(HOSTS).flat().flatMap((host) => [`http://${host}/`]),
  ...HOSTS.loopback.slice(0, 6).map((host) => `https://${host}:8443/x`),
  ...HOSTS.ipv6.slice(0, 12).map((host) => `https://${host}/`),
]; // prettier-ignore
/** Wrong before anybody looks where it leads. */
const WRITTEN = [
  'http://user:password@8.8.8.8/', 'http://user@8.8.8.8/', 'http://8.8.8.8@127.0.0.1/', 'http://127.0.0.1 &@8.8.8.8/', 'http:\\\\127.0.0.1\\', 'http:127.0.0.1', 'http:/127.0.0.1', 'http:///127.0.0.1',
  'file:///etc/passwd', 'ftp://8.8.8.8/', 'gopher://8.8.8.8:70/', 'data:text/plain,x', 'javascript:alert(1)', 'ws://8.8.8.8/', 'unix:/var/run/docker.sock', 'dict://8.8.8.8:2628/', 'ldap://8.8.8.8/', 'blob:http://8.8.8.8/', 'about:blank',
  'http://8.8.8.8:22/', 'http://8.8.8.8:25/', 'http://8.8.8.8:53/', 'http://8.8.8.8:2375/', 'http://8.8.8.8:3306/', 'http://8.8.8.8:5432/', 'http://8.8.8.8:6379/', 'http://8.8.8.8:9200/', 'http://8.8.8.8:10250/', 'http://8.8.8.8:11211/', 'http://8.8.8.8:81/', 'http://8.8.8.8:65535/',
  'http://[::1%25lo]/', 'http://', '//127.0.0.1/', 'http://127.0.0.1:80:80/', 'not an address', 'http://999.999.999.999/',
] as const; // prettier-ignore
const TABLE = [...new Set([...ADDRESSES, ...WRITTEN])];
const strict = { exceptions: [], allowPrivateTargets: false };

const ASKED = {
  model: 'm',
  system: undefined,
  messages: [{ role: 'user' as const, text: 'hi' }],
  tools: [],
  json: false,
  maxTokens: 10,
  onText: () => undefined,
};
/** What becomes of asking a model at an address, by the way out that module ai has. */
async function modelAt(
  baseUrl: string,
  kind: 'compatible' | 'anthropic',
  options: Partial<Parameters<typeof createEgress>[0]> = {},
): Promise<string> {
  const egress = createEgress({ allowPrivateTargets: false, closed: new Set(), now: () => new Date(), ...options });
  const fetch = fetchBy((request) => egress.stream({ tenantId: 't', exceptions: async () => [] }, request), 5_000);
  const asking = sdk.complete({ row: { kind } as never, baseUrl, apiKey: 'key', fetch }, { ...ASKED, signal: new AbortController().signal });
  return asking.then(() => 'answered', (fault: ModelFault) => fault.kind); // prettier-ignore
}

describe('workflows 109: Egress: a table of 150 URLs (loopback, private, metadata, odd spellings, IPv6 forms, redirects, rebinding DNS) is refused alike', () => {
  test('there are 150 of them and more', () => expect(TABLE.length).toBeGreaterThanOrEqual(150));

  test.each(TABLE)('%s', async (url) => {
    expect(egressUrlFault(url, strict)).not.toBeNull();
    const world = createNodeRun({ look: () => Promise.reject(new Error('nothing of this is looked up')) });
    const written = (fault: { type: string }): boolean => fault.type === 'egress-denied' || fault.type === 'node-config-invalid';
    expect(await faultOf(world.start(httpApi, { url }))).toSatisfy(written);
    expect(await faultOf(world.start(data, { source: 'http_json', url }))).toMatchObject({ type: 'egress-denied', class: 'egress' });
    expect(await faultOf(world.start(monitoring, { action: 'check', url }))).toMatchObject({ type: 'egress-denied' });
    // What cannot be read as an address is turned away by us or by the library, whoever reads it first.
    for (const kind of ['compatible', 'anthropic'] as const)
      expect(URL.canParse(url) ? ['denied'] : ['denied', 'passing']).toContain(await modelAt(url.replace(/\/$/, ''), kind));
  });

  test('notifications, webhooks and identity providers are told the same of every address that is one of the web', async () => {
    const courier = createCourier({ allowPrivateTargets: false, now: () => new Date() });
    const outgoing = createOutgoing({ addressFault, allowPrivateTargets: false })('tenant');
    for (const url of ADDRESSES) {
      expect(courier.urlFault(url), url).not.toBeNull();
      await expect(outgoing(url.replace('http:', 'https:')), url).rejects.toThrow(/must not be called|does not answer/);
    }
    courier.close();
  });

  test('a connection to a database and a look at a port go by the same rules', async () => {
    const world = createNodeRun({ look: async () => [{ address: '10.1.2.3', family: 4 }] });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:10.0.0.1]', '169.254.169.254', 'db.example.net']) {
      const query = { action: 'query', sql: 'select 1' };
      for (const [source, port] of [
        ['postgres', 5432],
        ['mysql', 3306],
      ] as const)
        for (const mode of ['disable', 'require']) {
          const connection = `${source}://u:p@${host}:${port}/d?sslmode=${mode}`;
          expect(await faultOf(world.start(data, { ...query, source, connection })), connection).toMatchObject({ type: 'egress-denied' });
        }
      for (const probe of ['tcp', 'icmp', 'tls'])
        expect(await faultOf(world.start(monitoring, { probe, host: host.replace(/[[\]]/g, '') })), host).toMatchObject({ type: 'egress-denied' });
    }
  });
});

describe('what names lead to', () => {
  let asked: string[] = [];
  const here = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url} ${request.headers.authorization ?? ''} ${request.headers['x-key'] ?? ''}`);
    const url = new URL(request.url!, 'http://x');
    const to = url.searchParams.get('to');
    if (to !== null) return void response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end();
    return void response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((resolve) => void here.listen(0, '127.0.0.1', resolve));
    port = (here.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => (here.closeAllConnections(), here.close(resolve))));

  test('a name is refused when any of its addresses is, and what was judged is what is connected to', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1'], ['2001:4860:4860::8888', 'fd00::1'], ['169.254.169.254']]) {
      const look = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      for (const [type, config] of [[httpApi, { url: 'https://good.example/' }], [data, { source: 'http_json', url: 'https://good.example/' }], [monitoring, { url: 'https://good.example/' }]] as const)
        expect(await faultOf(createNodeRun({ look }).start(type, config))).toMatchObject({ type: 'egress-denied', class: 'egress' });
      let denied = 0;
      expect(await modelAt('https://good.example/v1', 'compatible', { look, denied: () => void (denied += 1) })).toBe('denied');
      expect(denied).toBe(1);
    }
  }); // prettier-ignore

  test('a name that leads elsewhere the second time is asked for once', async () => {
    let times = 0;
    const look = async () => [{ address: times++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    const world = createNodeRun({ lab: true, look });
    expect(outputOf(await world.start(httpApi, { url: `http://rebinding.example:${port}/` }))).toMatchObject({ status: 200 });
    expect(times).toBe(1);
    // The second request looks again, and is judged again.
    expect(await faultOf(world.start(httpApi, { url: `http://rebinding.example:${port}/` }))).toMatchObject({ type: 'egress-denied' });
  });

  test.each(['http://169.254.169.254/latest', 'http://[fd00:ec2::254]/', 'http://0xa9fea9fe/', 'file:///etc/passwd', 'http://127.0.0.1:6379/', 'http://user:x@127.0.0.1/', '//169.254.169.254/', 'http://2852039166/'])(
    'a redirect to %s is judged like every address',
    async (to) => {
      asked = [];
      const url = `http://127.0.0.1:${port}/?to=${encodeURIComponent(to)}`;
      const world = createNodeRun({ lab: true });
      for (const [type, config] of [[httpApi, { url }], [data, { source: 'http_json', url }], [monitoring, { url }]] as const)
        expect(await faultOf(world.start(type, config))).toMatchObject({ type: 'egress-denied' });
      expect(asked).toHaveLength(3);
      // A model that redirects is not followed at all.
      expect(await modelAt(`${url}#`, 'compatible', { allowPrivateTargets: true })).toBe('unusable');
      expect(asked).toHaveLength(4);
    },
  ); // prettier-ignore

  test('to another host nothing goes along that may be a credential', async () => {
    asked = [];
    const to = `http://localhost:${port}/next`;
    const world = createNodeRun({ lab: true, secrets: { T: 'hush-hush' } });
    const config = { url: `http://127.0.0.1:${port}/?to=${encodeURIComponent(to)}`, auth: 'bearer', credentials: { token: 'secret://T' }, headers: [{ name: 'X-Key', secret: 'secret://T' }] };
    expect(outputOf(await world.start(httpApi, config))).toMatchObject({ status: 200, url: to });
    expect(asked[0]).toContain('Bearer hush-hush hush-hush');
    expect(asked[1]).toBe(`localhost:${port} /next  `);
  }); // prettier-ignore

  test('the address of a refusal has nothing in it that may be a credential', async () => {
    const said = async (url: string) => (await faultOf(createNodeRun({}).start(httpApi, { url }))).message;
    expect(await said('http://10.0.0.1/a?key=hush-hush#hush-hush')).toContain('"http://10.0.0.1/a" must not');
    expect(await said('http://ana:hush-hush@8.8.8.8/')).not.toContain('hush');
  });

  test('what is a part of the installation is not asked, not even in a laboratory', () => {
    const rules = { exceptions: [], allowPrivateTargets: true, closed: new Set([`127.0.0.1:${port}`]) };
    expect(egressUrlFault(`http://127.0.0.1:${port}/`, rules)).toMatch(/part of this installation/);
    expect(egressUrlFault(`http://[::ffff:127.0.0.1]:${port}/`, rules)).toMatch(/part of this installation/);
  });
});

describe('exceptions', () => {
  const opened = (kind: 'cidr' | 'host', value: string, ports: number[] = []) => ({
    exceptions: [{ kind, value, ports }],
    allowPrivateTargets: false,
    openable: ['10.0.0.0/8', '100.64.0.0/10', 'fd00::/8'],
  });

  test('a network is open where a tenant has opened it, and on further ports', () => {
    expect(egressUrlFault('http://10.20.3.4/', opened('cidr', '10.20.0.0/16'))).toBeNull();
    expect(egressUrlFault('http://10.21.3.4/', opened('cidr', '10.20.0.0/16'))).not.toBeNull();
    expect(egressUrlFault('http://10.20.3.4:8006/', opened('cidr', '10.20.0.0/16'))).not.toBeNull();
    expect(egressUrlFault('http://10.20.3.4:8006/', opened('cidr', '10.20.0.0/16', [8006]))).toBeNull();
    expect(egressUrlFault('http://[::ffff:10.20.3.4]/', opened('cidr', '10.20.0.0/16'))).toBeNull();
  });
  test('a name is open with all that lies below it, and nothing beside', () => {
    const rules = opened('host', '*.corp.example');
    expect(egressFault('a.corp.example', '10.0.0.1', 443, rules)).toBeNull();
    expect(egressFault('A.B.CORP.example.', '10.0.0.1', 443, rules)).toBeNull();
    for (const host of ['corp.example', 'evilcorp.example', 'a.corp.example.evil.net'])
      expect(egressFault(host, '10.0.0.1', 443, rules), host).not.toBeNull();
  });
  test('no exception opens metadata, this machine, link-local or multicast', () => {
    for (const address of ['169.254.169.254', '127.0.0.1', '::1', 'fe80::1', '224.0.0.1', '0.0.0.0', 'fd00:ec2::254', '100.100.100.200'])
      for (const rules of [opened('host', '*.corp.example'), opened('cidr', '100.64.0.0/10'), opened('cidr', 'fd00::/16')])
        expect(egressFault('a.corp.example', address, 443, rules), address).not.toBeNull();
  });
  test.each(['0.0.0.0/0', '127.0.0.0/8', '169.254.0.0/16', '169.254.169.254/32', '100.100.100.200/32', '::1/128', 'fe80::/10', '::/0', '10.0.0.0/7', '10.20.1.1/16', 'fd00:ec2::254/128', '224.0.0.0/8', 'x', '10.0.0.1'])(
    '%s cannot be opened',
    (value) => expect(exceptionFault({ kind: 'cidr', value })).not.toBeNull(),
  ); // prettier-ignore
  test.each(['*', '*.', '*.*', 'localhost', 'a', '10.0.0.1', '*.1', 'a b.example', 'a..example', '-a.example', '*.com.'])(
    '"%s" is no name that is opened',
    (value) => expect(exceptionFault({ kind: 'host', value })).not.toBeNull(),
  );
  test.each([['cidr', '10.0.0.0/8'], ['cidr', '192.168.7.0/24'], ['cidr', 'fd12:3456::/32'], ['cidr', '8.8.8.8/32'], ['host', 'netbox.example.net'], ['host', '*.example.net']] as const)('%s %s can', (kind, value) =>
    expect(exceptionFault({ kind, value }, ['10.0.0.0/8', '192.168.0.0/16', 'fd12::/16'])).toBeNull(),
  ); // prettier-ignore
  test('no private network is open to tenants that the installation does not name', () => {
    const rules = { ...opened('cidr', '10.20.0.0/16'), openable: ['10.20.30.0/24'] };
    expect(egressUrlFault('http://10.20.30.4/', rules)).toBeNull();
    expect(egressUrlFault('http://10.20.31.4/', rules)).toMatch(/does not allow/);
    expect(egressFault('a.corp.example', '10.0.0.1', 443, { ...opened('host', '*.corp.example'), openable: [] })).toMatch(/does not allow/);
    expect(exceptionFault({ kind: 'cidr', value: '10.20.0.0/16' }, ['10.20.30.0/24'])).toMatch(/SWITCHYARD_EGRESS_NETWORKS/);
    expect(exceptionFault({ kind: 'cidr', value: '10.20.30.0/25' }, ['10.20.30.0/24'])).toBeNull();
    expect(exceptionFault({ kind: 'cidr', value: '10.0.0.0/8' })).not.toBeNull();
  });
  test('what is open to authors of workflows is open to nobody whose exceptions do not count', async () => {
    const egress = createEgress({ allowPrivateTargets: false, closed: new Set(), openable: ['10.0.0.0/8'], now: () => new Date() });
    const exceptions = async () => [{ kind: 'cidr' as const, value: '10.20.0.0/16', ports: [] }];
    for (const [asker, open] of [[{ tenantId: 't', exceptions }, true], [{ tenantId: 't', exceptions: null }, false], [{ tenantId: 't', exceptions }, true]] as const)
      expect((await egress.urlFault(asker, 'http://10.20.3.4/ended')) === null).toBe(open);
  }); // prettier-ignore
  test('SSH goes to port 22 and to ports that were opened, and never to where nothing else goes', async () => {
    const egress = createEgress({ allowPrivateTargets: false, closed: new Set(), openable: ['10.0.0.0/8'], now: () => new Date(), look: async () => [{ address: '10.20.0.7', family: 4 }] });
    const outcome = (host: string, port: number, exceptions: readonly EgressException[] = []) =>
      egress.ssh({ tenantId: JSON.stringify([host, port, exceptions]), exceptions: async () => exceptions }, { host, port, timeoutMs: 50, signal: AbortSignal.timeout(50) }).then(() => 'open', (error: Error) => (error instanceof Forbidden ? 'forbidden' : 'tried'));
    for (const host of ['127.0.0.1', '::1', 'localhost', '169.254.169.254', '10.20.0.7', 'rs.corp.example']) expect([host, await outcome(host, 22)]).toEqual([host, 'forbidden']);
    const lan = { kind: 'cidr' as const, value: '10.20.0.0/16', ports: [] };
    expect(await outcome('10.20.0.7', 22, [lan])).not.toBe('forbidden');
    expect(await outcome('rs.corp.example', 22, [lan])).not.toBe('forbidden');
    expect(await outcome('10.20.0.7', 2_222, [lan])).toBe('forbidden');
    expect(await outcome('10.20.0.7', 2_222, [{ ...lan, ports: [2_222] }])).not.toBe('forbidden');
    expect(await outcome('127.0.0.1', 22, [{ kind: 'cidr', value: '127.0.0.0/8', ports: [] }])).toBe('forbidden');
  }); // prettier-ignore
  test('an address of this machine stays closed, whoever has opened its network', () => {
    const own = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
    expect(own.length).toBeGreaterThan(0);
    for (const { address, family } of own)
      expect(egressFault('own.example.net', address, 443, opened('cidr', `${address}/${family === 'IPv4' ? 32 : 128}`)), address).not.toBeNull();
  });
});

describe('workflows 109: names are asked for and told of only where addresses may be called', () => {
  const OPEN = new AbortController().signal;
  const asking = (answers: unknown[], more: Partial<Parameters<typeof createEgress>[0]> = {}, exceptions: readonly EgressException[] = []) => {
    let asked = 0;
    const found = createEgress({ allowPrivateTargets: false, closed: new Set(), now: () => new Date(), ask: async () => ((asked += 1), answers), ...more });
    const resolve = (name: string, type = 'A') => found.resolve({ tenantId: `t${Math.random()}`, exceptions: async () => exceptions }, { name, type, timeoutMs: 1_000, signal: OPEN });
    return { resolve, asked: () => asked };
  };
  test.each(['localhost', 'db', 'db.internal', 'printer.local.', 'nas.home.arpa', 'git.corp', '1.0.0.127.in-addr.arpa', '10.in-addr.arpa', '254.169.254.169.in-addr.arpa', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa', '127.0.0.1'])('%s is not asked for', async (name) => {
    const { resolve, asked } = asking(['192.0.2.1']);
    await expect(resolve(name)).rejects.toBeInstanceOf(Forbidden);
    expect(asked()).toBe(0);
  });
  test.each([
    ['A', ['10.0.0.7']], ['A', ['93.184.215.14', '169.254.169.254']], ['AAAA', ['fd00::1']], ['A', [{ address: '192.168.0.1', ttl: 60 }]], ['ANY', [{ type: 'A', address: '127.0.0.1' }]],
    ['CNAME', ['vault.internal']], ['MX', [{ priority: 10, exchange: 'mail.corp' }]], ['SRV', [{ name: 'ldap.lan', port: 389 }]], ['PTR', ['dc1.internal.']],
  ])('%s records %j are not told of', async (type, records) => {
    await expect(asking(records as unknown[]).resolve('www.example.com', type)).rejects.toThrow('leads to where nobody may go');
  });
  test('what is public is told, and what a tenant has opened, and in a laboratory all of it', async () => {
    expect(await asking(['93.184.215.14']).resolve('www.example.com')).toEqual(['93.184.215.14']);
    expect(await asking([{ priority: 10, exchange: 'mx.example.com' }, { priority: 0, exchange: '' }]).resolve('example.com', 'MX')).toEqual(['10 mx.example.com', '0 ']);
    expect(await asking([['v=spf1 ip4:10.0.0.0/8', ' -all']]).resolve('example.com', 'TXT')).toEqual(['v=spf1 ip4:10.0.0.0/8 -all']);
    expect(await asking(['dns.google']).resolve('8.8.8.8.in-addr.arpa', 'PTR')).toEqual(['dns.google']);
    expect(await asking(['10.20.0.7'], { openable: ['10.20.0.0/16'] }, [{ kind: 'host', value: 'netbox.corp', ports: [] }]).resolve('netbox.corp')).toEqual(['10.20.0.7']);
    expect(await asking(['127.0.0.1'], { allowPrivateTargets: true }).resolve('localhost')).toEqual(['127.0.0.1']);
  });
}); // prettier-ignore
