import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { hasKnot, startKnot, type Knot } from '#modules/dns/fixtures/knot.ts';
import { createCompany, type Company } from '#test/company.ts';
import { domainsAllowed, tenantsDomainsAdd, tenantsDomainsList, tenantsDomainsRemove, tenantsDomainsVerify, tenantsPublicConfig } from '../index.ts';
import { createDomainLookups } from '../providers/dns.ts';
import { DomainLookups, Hosts, Upkeep } from '../providers/port.ts';
import { afterLook, domainFault, normalDomain, type Claim } from './rules.ts';

const DAY = 86_400_000;
const nothing: DomainLookups = { look: async () => ({ proof: [{ server: 'none', answer: 'nobody is asked', ok: false }], traffic: [] }) };
let lookups = nothing;
/** What metrics heard. */
const checks: string[] = [];
const knots: Knot[] = [];
let company: Company;
let acme: string;
let globex: string;
const idOf = async (slug: string) => (await company.sql<{ id: string }>('select id from tenants where slug = $1', [slug]))[0]!.id;
beforeAll(async () => {
  company = await createCompany({
    works: true,
    tenancy: {
      checked: (outcome) => void checks.push(outcome),
      site: { publicUrl: 'https://switchyard.example', baseDomain: 'switchyard.example', hosts: ['switchyard.example'], allowSpecial: true, plan: undefined } },
    adapters: [provide(DomainLookups, { look: (question) => lookups.look(question) })],
  });
  [acme, globex] = [await idOf('acme'), await idOf('globex')];
}); // prettier-ignore
afterAll(async () => {
  await company.close();
  await Promise.all(knots.map(({ stop }) => stop()));
});

const olivia = () => company.key('olivia');
const gustav = () => company.key('gustav');
const upkeep = () => company.adapters.get(Upkeep.port) as Upkeep;
const add = (domain: string, id = acme, who = olivia()) => company.done(tenantsDomainsAdd, { id, domain }, who);
const verify = async (domainId: string, id = acme, who = olivia()) => {
  company.clock.pass(31_000);
  return company.done(tenantsDomainsVerify, { id, domainId }, who);
};
const seen = (ok: boolean, live = false) => {
  lookups = { look: async () => ({ proof: [{ server: 'authoritative ns1', answer: ok ? 'shows the record' : 'has no such record yet', ok }], traffic: [{ server: 'traffic', answer: '', ok: live }] }) };
}; // prettier-ignore

/** A name server on loopback with the zone of a customer. */
async function knot(...lines: string[]): Promise<string> {
  const zone = `$ORIGIN customer.test.\n$TTL 60\n@ SOA ns1 hostmaster 1 3600 600 86400 60\n@ NS ns1\nns1 A 127.0.0.1\n${lines.join('\n')}\n`;
  const server = await startKnot({ 'customer.test': zone });
  knots.push(server);
  return `127.0.0.1:${server.port}`;
}
const portOf = (address: string): number => Number(address.split(':')[1]);

describe.skipIf(!hasKnot)('a proof in the DNS', () => {
  test('platform 54: Given a TXT record at the authoritative server but not at a resolver cache, when checking, then "not yet" with what each server said', async () => {
    const { id, records } = await add('portal.customer.test');
    const [proof, traffic] = records;
    expect([proof!.type, proof!.name, traffic]).toEqual(['TXT', '_switchyard-challenge.portal.customer.test', expect.objectContaining({ type: 'CNAME', value: 'acme.switchyard.example' })]);
    const line = `_switchyard-challenge.portal TXT "${proof!.value}"`;
    const alias = 'portal CNAME acme.switchyard.example.';
    const [authority, fresh, old, wrong] = [await knot(line, alias), await knot(line, alias), await knot('portal A 192.0.2.1'), await knot('_switchyard-challenge.portal TXT "sy-verify=other"')];
    const world = (resolvers: string[], at = authority) => createDomainLookups({ resolvers, port: portOf(at), allowPrivate: true });

    lookups = world([fresh, old]);
    const notYet = await verify(id);
    expect(notYet).toMatchObject({ state: 'pending', verified: false });
    expect(notYet.checks.map(({ server, ok }) => [server, ok])).toEqual([['authoritative ns1.customer.test', true], [`resolver ${fresh}`, true], [`resolver ${old}`, false], ['traffic', true]]);
    expect(notYet.checks[2]!.answer).toBe('has no such record yet');

    lookups = world([fresh, fresh], wrong);
    expect((await verify(id)).checks[0]).toEqual({ server: 'authoritative ns1.customer.test', answer: 'shows 1 other record(s) there', ok: false });

    lookups = world([fresh, '127.0.0.1:1']);
    expect((await verify(id)).checks[2]).toMatchObject({ ok: false, answer: expect.stringContaining('does not answer') });

    lookups = world([fresh, fresh]);
    expect(await verify(id)).toMatchObject({ state: 'live', verified: true });
    const { items } = await company.done(tenantsDomainsList, { id: acme }, olivia());
    expect(items).toMatchObject([{ domain: 'portal.customer.test', state: 'live', endsAt: null, checks: notYet.checks.map(({ server }) => expect.objectContaining({ server, ok: true })).toSpliced(2, 1, expect.objectContaining({ server: `resolver ${fresh}` })) }]);
  }); // prettier-ignore

  test('may lie behind an alias, and is not looked for at private addresses outside of a lab', async () => {
    const { id, records } = await add('alias.customer.test');
    const there = await knot('_switchyard-challenge.alias CNAME proof', `proof TXT "${records[0]!.value}"`);
    lookups = createDomainLookups({ resolvers: [there, there], port: portOf(there), allowPrivate: true });
    expect(await verify(id)).toMatchObject({ state: 'verified' });
    lookups = createDomainLookups({ resolvers: [there, there], port: portOf(there) });
    expect((await verify(id)).checks[0]).toMatchObject({ ok: false, answer: 'has the address 127.0.0.1, which is not public' });
  });
});

describe('a domain', () => {
  test('platform 55: Given a verified domain whose proof is gone for three checks, when the Job runs, then state `stale`, owners are mailed, traffic works 7 more days', async () => {
    await company.sql('delete from tenant_domains');
    const { id } = await add('one.customer.test');
    seen(true, true);
    expect(await verify(id)).toMatchObject({ state: 'live' });
    const tenantOf = () => (company.adapters.get(Hosts.port) as Hosts).tenantOf('one.customer.test');
    expect(await tenantOf()).toBe(acme);
    seen(false);
    const [[owner], adam] = [await company.sql<{ id: string }>(`select id from roles where tenant_id = $1 and key = 'owner'`, [acme]), await company.idOf('adam')];
    await company.sql(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) values ($1, gen_random_uuid(), $2, $3, '{"all": true}', $4, 'A second owner')`, [acme, adam, owner!.id, company.clock.at]);
    company.mails.length = 0;
    const states: string[] = [];
    for (let check = 0; check < 3; check += 1) {
      company.clock.pass(DAY + 1);
      await upkeep().checkDomains();
      states.push((await company.sql<{ state: string }>(`select state from tenant_domains where id = $1`, [id]))[0]!.state);
    }
    expect(states).toEqual(['live', 'live', 'stale']);
    expect(checks.slice(-4)).toEqual(['found', 'missing', 'missing', 'missing']);
    // Every owner hears it, once; nobody else does.
    expect(company.mails).toMatchObject(['adam', 'olivia'].map((who) => ({ to: `${who}@acme.example`, template: 'domain-stale', data: { domain: 'one.customer.test', tenant: 'Acme Networks' } })));
    expect(company.mails).toHaveLength(2);
    expect(await tenantOf()).toBe(acme);
    company.clock.pass(7 * DAY - 60_000);
    await upkeep().checkDomains();
    expect(await tenantOf()).toBe(acme);
    company.clock.pass(120_000);
    await upkeep().checkDomains();
    company.clock.pass(31_000);
    expect(await tenantOf()).toBeUndefined();
    expect(await company.sql(`select 1 from tenant_domains where id = $1`, [id])).toEqual([]);
    await company.sql(`delete from grants where reason = 'A second owner'`);
  }); // prettier-ignore

  test('platform 56: Given a second tenant proves the same domain, when verified, then the first turns stale and both are alerted', async () => {
    const first = await add('shared.customer.test');
    const second = await add('shared.customer.test', globex, gustav());
    seen(true);
    await verify(first.id);
    company.mails.length = 0;
    expect(await verify(second.id, globex, gustav())).toMatchObject({ state: 'verified' });
    const states = () => company.sql(`select tenant_id = $1 as acme, state from tenant_domains where domain = 'shared.customer.test' order by 1`, [acme]);
    expect(await states()).toEqual([{ acme: false, state: 'verified' }, { acme: true, state: 'stale' }]);
    expect(company.mails.map(({ to, template }) => [to, template])).toEqual([['olivia@acme.example', 'domain-lost'], ['gustav@globex.example', 'domain-won']]);
    expect(company.mails.map(({ data }) => (data as { tenant: string }).tenant)).toEqual(['Acme Networks', 'Globex Carrier']);
    const events = await company.sql<{ type: string; tenant_id: string; data: { reason: string } }>(`select type, tenant_id, data from events where data->>'domain' = 'shared.customer.test' and type in ('domain.verified', 'domain.stale') order by seq desc limit 2`);
    expect(events.map(({ data }) => data.reason).sort()).toEqual(['another tenant has proven the domain', 'it was another tenant’s before']);
    expect(events.map((event) => `${event.tenant_id} ${event.type}`).sort()).toEqual([`${acme} domain.stale`, `${globex} domain.verified`].sort());
    expect(JSON.stringify(events)).not.toMatch(/Acme|Globex/);
    // Both still show their proof: the clock does not hand the name back, a person may.
    company.clock.pass(60_000 * 61);
    await upkeep().checkDomains();
    expect(await states()).toEqual([{ acme: false, state: 'verified' }, { acme: true, state: 'stale' }]);
    expect(await verify(first.id)).toMatchObject({ state: 'verified' });
    expect(await states()).toEqual([{ acme: false, state: 'stale' }, { acme: true, state: 'verified' }]);
  }); // prettier-ignore

  test('that two tenants prove at once is held by one', async () => {
    const [one, two] = [await add('race.customer.test'), await add('race.customer.test', globex, gustav())];
    seen(true);
    await Promise.all([verify(one.id), verify(two.id, globex, gustav())]);
    const held = await company.sql(`select 1 from tenant_domains where domain = 'race.customer.test' and state in ('verified', 'live')`);
    expect(held).toHaveLength(1);
  });

  test('is looked at no more than twice a minute, is claimed once, and not below our own name', async () => {
    lookups = nothing;
    await company.sql('delete from tenant_domains');
    const { id } = await add('Bücher.customer.test');
    expect((await company.done(tenantsDomainsList, { id: acme }, olivia())).items[0]!.domain).toBe('xn--bcher-kva.customer.test');
    await verify(id);
    expect(await company.slugOf(tenantsDomainsVerify, { id: acme, domainId: id }, olivia())).toBe('rate-limited');
    expect(await company.slugOf(tenantsDomainsAdd, { id: acme, domain: 'xn--bcher-kva.customer.test' }, olivia())).toBe('domain-taken');
    for (const domain of ['shop.switchyard.example', 'switchyard.example', 'no-dots', '192.0.2.1', 'a..b.example', 'under_score.example'])
      expect(await company.slugOf(tenantsDomainsAdd, { id: acme, domain }, olivia())).toBe('validation-failed');
    for (let more = 1; more < 5; more += 1) await add(`more-${more}.customer.test`);
    expect(await company.slugOf(tenantsDomainsAdd, { id: acme, domain: 'six.customer.test' }, olivia())).toBe('quota-exceeded');
    await company.sql(`update tenants set plan = 'free' where id = $1`, [globex]);
    expect(await company.slugOf(tenantsDomainsAdd, { id: globex, domain: 'free.customer.test' }, gustav())).toBe('feature-not-in-plan');
    await company.sql(`update tenants set plan = 'enterprise' where id = $1`, [globex]);
    const passed = await company.call(tenantsDomainsRemove, { id: acme, domainId: id }, olivia());
    expect((await company.carriedOut(passed, company.key('priya'))).state).toBe('succeeded');
    expect(await company.slugOf(tenantsDomainsVerify, { id: acme, domainId: id }, olivia())).toBe('not-found');
  });
});

test('subdomain and proven domain lead to the tenant, for the sign-in page and for certificates; nothing else does', async () => {
  const face = (host: string) => company.done(tenantsPublicConfig, { host }, null).then(({ tenant }) => tenant.slug, (problem: { slug: string }) => problem.slug); // prettier-ignore
  const allowed = (domain: string) => company.done(domainsAllowed, { domain }, null).then(({ allowed: yes }) => yes, (problem: { slug: string }) => problem.slug); // prettier-ignore
  await company.sql(`delete from tenant_domains where tenant_id = $1`, [acme]);
  const { id } = await add('face.customer.test');
  expect([await face('face.customer.test'), await allowed('face.customer.test')]).toEqual(['tenant-not-found', 'not-found']);
  seen(true, true);
  await verify(id);
  for (const host of ['acme.switchyard.example', 'acme.switchyard.example:8443', 'ACME.switchyard.example', 'face.customer.test', 'acme'])
    expect(await face(host)).toBe('acme');
  for (const host of ['other.switchyard.example', 'a.b.switchyard.example', 'switchyard.example.evil.test', '..', 'evil.test'])
    expect(await face(host)).toBe('tenant-not-found');
  expect([await allowed('face.customer.test'), await allowed('globex.switchyard.example'), await allowed('nobody.switchyard.example')]).toEqual([
    true,
    true,
    'not-found',
  ]);
  await company.sql(`update tenant_slugs set slug = 'acme-old', given_up_at = $1 where slug = 'globex'`, [company.clock.at]);
  const moved = await company.done(tenantsPublicConfig, { host: 'acme-old.switchyard.example' }, null);
  expect(moved).toMatchObject({ tenant: { slug: 'globex' }, movedTo: 'globex.switchyard.example' });
  company.clock.pass(91 * DAY);
  expect(await face('acme-old.switchyard.example')).toBe('tenant-not-found');
});

describe('rules', () => {
  test('whatever comes in, a normal domain is a host name in lower case', () =>
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string(), fc.webAuthority()), (text) => {
        const name = normalDomain(text);
        if (name !== undefined) expect(name).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
        if (name !== undefined) expect(normalDomain(name)).toBe(name);
      }),
    ));
  test('special names are for labs', () => {
    expect(domainFault('box.local', [], false)).toBeDefined();
    expect(domainFault('box.local', [], true)).toBeUndefined();
    expect(domainFault('acme.net', ['acme.net'], true)).toBeDefined();
  });
  test('no number of failed looks proves a claim, and one look never makes a held domain stale', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (looks) => {
        let claim: Claim = { state: 'pending', misses: 0, checks: 0, verifiedAt: null, endsAt: null };
        for (const ok of looks) {
          const before = claim.state;
          claim = afterLook(claim, { proof: [{ server: 's', answer: '', ok }], traffic: [] }, new Date());
          if (!ok && (before === 'pending' || before === 'stale')) expect(claim.state).toBe(before);
          if (ok) expect(claim.state).toBe('verified');
        }
        if (!looks.includes(true)) expect(claim.state).toBe('pending');
        expect(claim.state === 'stale').toBe(looks.includes(true) && looks.slice(looks.lastIndexOf(true) + 1).length >= 3);
      }),
    ));
});
