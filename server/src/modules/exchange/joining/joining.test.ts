import { afterAll, describe, expect, test } from 'vitest';
import { and, eq, sql } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { exchangeBrandingGet } from '../branding/operations/exchange.branding.get.ts';
import { exchangeBrandingShow } from '../branding/operations/exchange.branding.show.ts';
import { exchangeBrandingUpdate } from '../branding/operations/exchange.branding.update.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeConnectionsDelete } from '../operations/exchange.connections.delete.ts';
import { exchangeFabricsUpdate } from '../operations/exchange.fabrics.update.ts';
import { exchangeOnboardingGet } from './operations/exchange.onboarding.get.ts';
import { exchangePortsGet } from './operations/exchange.ports.get.ts';
import { exchangePortsLeave } from './operations/exchange.ports.leave.ts';
import { exchangePortsList } from './operations/exchange.ports.list.ts';
import { exchangePortsRemove } from './operations/exchange.ports.remove.ts';
import { exchangePortsResume } from './operations/exchange.ports.resume.ts';
import { exchangeRequestsApprove } from './operations/exchange.requests.approve.ts';
import { exchangeRequestsCreate } from './operations/exchange.requests.create.ts';
import { exchangeRequestsGet } from './operations/exchange.requests.get.ts';
import { exchangeRequestsList } from './operations/exchange.requests.list.ts';
import { exchangeRequestsReject } from './operations/exchange.requests.reject.ts';
import { exchangeRequestsRetry } from './operations/exchange.requests.retry.ts';
import { exchangeRequestsUpdate } from './operations/exchange.requests.update.ts';
import { exchangeRequestsWithdraw } from './operations/exchange.requests.withdraw.ts';
import { ended } from './provision.ts';
import { canMove, STATUSES, type Status } from './rules.ts';
import { findRequest, move } from './store.ts';
import { requests } from './tables.ts';
import { exchangeParticipantsUpdate } from '../operations/exchange.participants.update.ts';
import { exchangeMembersExport } from '../publishing/operations/exchange.members.export.ts';
import { exchangeMembersLists } from '../publishing/operations/exchange.members.lists.ts';
import { joiningLab } from '#test/joining.ts';

const { world, ana, otto, gustav, peer, carriedOut, fabric, ask, refusal, slugOf, withdraw, approve, shown, inTenant, close } = await joiningLab();
const reader = world.as({ name: 'reader', permissions: ['exchangeRequests:read'] });
const petra = await peer('petra', 'peeringdb', [20_001, 20_002]);
const paul = await peer('paul', 'peeringdb', [20_001, 20_007]);
const lars = await peer('lars', 'local', [20_003]);
const lena = await peer('lena', 'local', [20_004], { grants: ['*'] });
const stella = await peer('stella', 'peeringdb', [20_005], { ageDays: 31 });
await fabric('opn', 1, { access: 'open' });
await fabric('res', 2);
await fabric('cls', 3, { access: 'closed' });
afterAll(close);

describe('who may ask', () => {
  test('exchange 15: local non-admin without grants asks for an open Fabric: `fabric-not-authorized`', async () => {
    expect((await refusal(lars, 'opn', 20_003)).slug).toBe('fabric-not-authorized');
  });

  test('exchange 16: PeeringDB User without grants asks for an open Fabric: 201; for a restricted one: 403; for a closed one: 409', async () => {
    await withdraw(petra, await ask(petra, 'opn', 20_001));
    const [restricted, closed] = [await refusal(petra, 'res', 20_001), await refusal(petra, 'cls', 20_001)];
    expect([restricted.slug, restricted.kind.status]).toEqual(['fabric-not-authorized', 403]);
    expect([closed.slug, closed.kind.status]).toEqual(['fabric-closed', 409]);
    const { asns, fabrics } = await world.done(exchangeOnboardingGet, {}, petra);
    expect(asns.map(({ asn, name, state }) => `${asn} ${name} ${state}`)).toEqual(['20001 Net 20001 live', '20002 Net 20002 live']);
    expect(fabrics.map(({ slug, whyNot }) => [slug, whyNot])).toEqual([['cls', 'fabric-closed'], ['opn', null], ['res', 'fabric-not-authorized']]); // prettier-ignore
  });

  test('exchange 17: local admin created with `--admin` and no Fabrics may request any Fabric', async () => {
    for (const slug of ['opn', 'res']) await withdraw(lena, await ask(lena, slug, 20_004));
  });

  test('a grant names a fabric by its id; it opens that one and no other', async () => {
    const { id } = await fabric('named', 4);
    const nora = await peer('nora', 'peeringdb', [20_010], { grants: [id] });
    await withdraw(nora, await ask(nora, 'named', 20_010));
    expect((await refusal(nora, 'opn', 20_010)).slug).toBe('fabric-not-authorized');
  });

  test('exchange 18: request for an ASN without right: 403, no row, one Audit entry', async () => {
    const rows = () => inTenant(({ db }: WorkContext) => db.$count(requests));
    const before = await rows();
    const refused = await refusal(petra, 'opn', 20_003);
    expect([refused.slug, refused.kind.status]).toEqual(['asn-not-authorized', 403]);
    expect(await rows()).toBe(before);
    const trail = sql`select count(*)::int as n from audit_entries where actor_id = ${petra.actor.id} and result = 'failure' and reason->>'code' = 'asn-not-authorized'`;
    await expect.poll(async () => (await world.databases.platform('test', (db) => db.execute(trail))).rows).toEqual([{ n: 1 }]);
    expect((await refusal(stella, 'opn', 20_005)).slug).toBe('asn-right-stale');
    expect((await world.done(exchangeOnboardingGet, {}, stella)).fabrics.find(({ slug }) => slug === 'opn')?.whyNot).toBe('asn-right-stale');
  });

  test('numbers that are nobody’s are refused; private ones join a laboratory alone', async () => {
    const lab = await peer('lab', 'local', [64_512, 64_496, 65_535], { grants: ['*'] });
    for (const asn of [64_512, 64_496, 65_535]) expect((await refusal(lab, 'opn', asn)).slug).toBe('asn-not-allowed');
    await world.done(exchangeFabricsUpdate, { id: 'opn', allowPrivateAsns: true }, ana);
    await withdraw(lab, await ask(lab, 'opn', 64_512));
    expect((await refusal(lab, 'opn', 64_496)).slug).toBe('asn-not-allowed');
    await world.done(exchangeFabricsUpdate, { id: 'opn', allowPrivateAsns: false }, ana);
  });

  test('what may only be looked at is not asked for, and what may be asked for is not decided on', async () => {
    expect(await slugOf(exchangeRequestsCreate, { fabricId: 'opn', asn: 20_001 }, reader)).toBe('permission-denied');
    const made = await ask(petra, 'opn', 20_001);
    for (const operation of [exchangeRequestsApprove, exchangeRequestsRetry, exchangePortsResume, exchangePortsRemove, exchangeRequestsGet])
      expect([operation.name, await slugOf(operation, { id: made.id }, petra)]).toEqual([operation.name, 'permission-denied']);
    expect(await slugOf(exchangeRequestsReject, { id: made.id, reason: 'mine' }, reader)).toBe('permission-denied');
    await withdraw(petra, made);
  });
});

describe('one node, one network, one request', () => {
  test('exchange 19: same ASN, Fabric, node twice by one User: 409 with own link; by another User with the same ASN: 409 without link', async () => {
    const made = await ask(petra, 'opn', 20_001, 'aaaaaaaa01');
    const own = await refusal(petra, 'opn', 20_001, ' AAAAAAAA01 ');
    expect(own).toMatchObject({ slug: 'duplicate-request', kind: { status: 409 }, extras: { existing_request_id: made.id, link: `/api/v1/exchange/ports/${made.id}` } }); // prettier-ignore
    const other = await refusal(paul, 'opn', 20_001, 'aaaaaaaa01');
    expect(other.slug).toBe('duplicate-request');
    expect(JSON.stringify(other)).not.toContain(made.id);
    await withdraw(petra, made);
  });

  test('exchange 20: second ASN on a node that is active for another ASN: `node-in-use`, first Port unchanged', async () => {
    const made = await ask(petra, 'opn', 20_001, 'aaaaaaaa02');
    expect((await approve(made)).state).toBe('succeeded');
    const before = await shown(made);
    expect(before).toMatchObject({ status: 'active', addressV6: expect.stringContaining('2001:db8:51:0:2:1:') });
    expect((await refusal(paul, 'opn', 20_007, 'aaaaaaaa02')).slug).toBe('node-in-use');
    expect(await shown(made)).toEqual(before);
    const edited = await ask(paul, 'opn', 20_007);
    expect(await slugOf(exchangeRequestsUpdate, { id: edited.id, nodeId: 'aaaaaaaa02' }, paul)).toBe('node-in-use');
    expect(await world.done(exchangeRequestsUpdate, { id: edited.id, nodeId: 'aaaaaaaa03', notes: 'Rack 7' }, paul)).toMatchObject({ nodeId: 'aaaaaaaa03', notes: 'Rack 7', status: 'pending' }); // prettier-ignore
    await withdraw(paul, edited);
    await carriedOut(exchangePortsRemove, { id: made.id });
  });

  test('exchange 21: two nodes of one ASN: both accepted; the fifth: `limit-reached`', async () => {
    const made = [];
    for (const last of [1, 2, 3, 4]) made.push(await ask(petra, 'opn', 20_002, `bbbbbbbb0${last}`));
    expect(await refusal(petra, 'opn', 20_002, 'bbbbbbbb05')).toMatchObject({ slug: 'limit-reached', extras: { limit: 'network', value: 4 } });
    for (const one of made) await withdraw(petra, one);
    const { id } = await world.done(exchangeConnectionsCreate, { fabricId: 'opn', participantId: '20001' }, ana);
    for (const last of [1, 2, 3]) await ask(paul, 'opn', 20_001, `cccccccc0${last}`);
    expect((await refusal(paul, 'opn', 20_001, 'cccccccc04')).slug).toBe('limit-reached');
    for (const one of (await world.done(exchangePortsList, { status: 'pending' }, paul)).items) await withdraw(paul, one);
    await world.done(exchangeConnectionsDelete, { id }, ana);
  });

  test('exchange 23: 50 concurrent creates of the same key: exactly one 201', async () => {
    const many = await Promise.all(Array.from({ length: 50 }, () => ask(lena, 'opn', 20_004).catch(({ slug }: { slug: string }) => slug)));
    const made = many.filter((one) => typeof one !== 'string');
    expect(made).toHaveLength(1);
    expect(new Set(many.filter((one) => typeof one === 'string'))).toEqual(new Set(['duplicate-request']));
    await withdraw(lena, made[0]!);
  });

  test('twenty requests within an hour are the most of a person', async () => {
    const busy = await peer('busy', 'peeringdb', [20_020]);
    const { id } = await ask(busy, 'opn', 20_020);
    await withdraw(busy, { id });
    await inTenant(({ db }: WorkContext) =>
      db.execute(sql`insert into exchange_join_requests (tenant_id, id, fabric_id, asn, requester_id, requester_name, right_source, right_verified_at, role_strict, status, status_at, created_at)
        select tenant_id, gen_random_uuid(), fabric_id, asn, requester_id, requester_name, right_source, right_verified_at, role_strict, status, status_at, created_at
        from exchange_join_requests, generate_series(1, 19) where id = ${id}`),
    );
    expect(await refusal(busy, 'opn', 20_020)).toMatchObject({ slug: 'limit-reached', extras: { limit: 'hour', value: 20 } });
  });
});

describe('deciding', () => {
  test('exchange 24: approve and reject in parallel: one wins, the other gets 409 with the current status', async () => {
    const made = await ask(petra, 'opn', 20_001);
    const [approved, rejected] = await Promise.allSettled([
      world.accepted(exchangeRequestsApprove, { id: made.id }, ana),
      world.done(exchangeRequestsReject, { id: made.id, reason: 'Not this time' }, otto),
    ]);
    expect([approved.status, rejected.status].toSorted((a, b) => a.localeCompare(b))).toEqual(['fulfilled', 'rejected']);
    const lost = [approved, rejected].find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ slug: 'invalid-state-transition', kind: { status: 409 }, extras: { current_status: expect.stringMatching(/approved|provisioning|active|rejected/) } }); // prettier-ignore
    if (approved.status === 'fulfilled') {
      await world.settled(approved.value, ana);
      await carriedOut(exchangePortsRemove, { id: made.id });
    }
    expect(isSettled((await shown(made)).status)).toBe(true);
  });
  const isSettled = (status: Status): boolean => status === 'left' || status === 'rejected';

  test('exchange 25: every pair of statuses not in section 6 is refused without a write (table-driven, all pairs)', async () => {
    const allowed = new Set([
      'pending approved', 'pending rejected', 'pending withdrawn', 'approved provisioning', 'approved withdrawn', 'provisioning active', 'provisioning failed',
      'failed approved', 'failed provisioning', 'failed withdrawn', 'active suspended', 'suspended provisioning', 'active leaving', 'suspended leaving', 'failed leaving', 'leaving left',
    ]); // prettier-ignore
    const { id } = await ask(petra, 'opn', 20_001);
    const rowAt = (status: Status) => async (ctx: WorkContext) => {
      await ctx.db.update(requests).set({ status }).where(and(eq(requests.tenantId, ctx.tenantId), eq(requests.id, id)));
    }; // prettier-ignore
    for (const from of STATUSES)
      for (const to of STATUSES) {
        await inTenant(rowAt(from));
        const told: unknown[] = [];
        const [before, outcome, after] = await inTenant(async (ctx) => {
          const place = { ...ctx, emit: (...event: unknown[]) => void told.push(event) };
          const found = await findRequest(place, id);
          const result = await move(place, found, to).catch((error: { slug: string; extras: unknown }) => error);
          return [found.request, result, (await findRequest(place, id)).request] as const;
        });
        if (allowed.has(`${from} ${to}`)) {
          expect([from, to, after.status, after.statusSeq - before.statusSeq, told.length]).toEqual([from, to, to, 1, 1]);
        } else {
          expect(outcome).toMatchObject({ slug: 'invalid-state-transition', extras: { current_status: from } });
          expect([after, told]).toEqual([before, []]);
        }
        expect(canMove(from, to)).toBe(allowed.has(`${from} ${to}`));
      }
    await inTenant(rowAt('withdrawn'));
  });

  test('exchange 26: reject without reason: refused; with reason: audited, member sees it', async () => {
    const made = await ask(petra, 'opn', 20_001);
    for (const reason of [undefined, '', ' x ']) expect(await slugOf(exchangeRequestsReject, { id: made.id, reason }, ana)).toBe('validation-failed');
    await world.done(exchangeRequestsReject, { id: made.id, reason: 'Your AS-SET is empty' }, ana);
    expect(await world.done(exchangePortsGet, { id: made.id }, petra)).toMatchObject({ status: 'rejected', reason: 'Your AS-SET is empty', decidedBy: 'ana' });
    const trail = sql`select count(*)::int as n from audit_entries where operation = 'exchange.requests.reject' and actor_id = ${ana.actor.id} and result = 'success'`;
    expect((await world.databases.platform('test', (db) => db.execute(trail))).rows).toEqual([{ n: 1 }]);
  }); // prettier-ignore

  test('exchange 27: requester with admin Role approves own request: `self-decision-forbidden`', async () => {
    const both = await peer('both', 'peeringdb', [20_030], { permissions: ['*'] });
    const made = await ask(both, 'opn', 20_030);
    const own = await world.refused(exchangeRequestsApprove, { id: made.id }, both);
    expect([own.slug, own.kind.status]).toEqual(['self-decision-forbidden', 403]);
    expect(await slugOf(exchangeRequestsReject, { id: made.id, reason: 'because' }, both)).toBe('self-decision-forbidden');
    expect((await shown(made)).status).toBe('pending');
    await withdraw(both, made);
  }); // prettier-ignore

  test('exchange 30: another Tenant, and another member, get 404 for the request and its Port', async () => {
    const { id } = await ask(petra, 'opn', 20_001);
    for (const operation of [exchangeRequestsGet, exchangeRequestsApprove, exchangePortsRemove, exchangePortsGet, exchangePortsLeave, exchangeRequestsWithdraw])
      expect([operation.name, (await world.refused(operation, { id }, gustav)).kind.status]).toEqual([operation.name, 404]);
    for (const operation of [exchangePortsGet, exchangePortsLeave, exchangeRequestsWithdraw, exchangeRequestsUpdate])
      expect([operation.name, (await world.refused(operation, { id }, paul)).slug]).toEqual([operation.name, 'exchange-request-not-found']);
    expect((await world.done(exchangePortsList, {}, lars)).items).toEqual([]);
    expect((await world.done(exchangeRequestsList, {}, gustav)).items).toEqual([]);
    expect((await world.done(exchangeRequestsList, { fabricId: 'opn', asn: 20_001, status: 'pending' }, reader)).items.map((one) => one.id)).toEqual([id]);
    await withdraw(petra, { id });
  }); // prettier-ignore

  test('a Change that ended before the port was set up leaves the request failed, not half done', async () => {
    const { id } = await ask(petra, 'opn', 20_001);
    const changeId = '0197a1b2-0000-7000-8000-0000003f2a9c';
    await inTenant(async (ctx) => move(ctx, await findRequest(ctx, id), 'approved', { changeId }));
    await inTenant((ctx) => ended(ctx, { data: { changeId } } as never));
    expect(await shown({ id })).toMatchObject({ status: 'failed', lastError: { code: 'provisioning-stalled' } });
    expect((await carriedOut(exchangeRequestsRetry, { id })).state).toBe('succeeded');
    expect(await shown({ id })).toMatchObject({ status: 'active', lastError: null, retryCount: 1 });
    await carriedOut(exchangePortsRemove, { id });
  });
});

describe('what the world sees', () => {
  test('the face of an exchange: nothing until something is shown or said; colours that nobody could read are refused', async () => {
    const face = (tenant = 'face-ix') => world.call(exchangeBrandingShow, { tenant }, null);
    await world.databases.platform('test', (db) => db.execute(sql`insert into tenants (tenant_id, id, slug, name) values (${world.tenants.b}, ${world.tenants.b}, 'face-ix', 'Gustav')`)); // prettier-ignore
    for (const tenant of ['face-ix', 'nobody']) expect(await face(tenant)).toMatchObject({ output: { face: null } });
    expect(await world.done(exchangeBrandingGet, {}, gustav)).toMatchObject({ name: null, version: 0 });
    for (const [wish, words] of [[{ accent: '#7fb2f0' }, '2.11 to 1 against light'], [{ accentDark: '#0b5394' }, '2.33 to 1 against dark']] as const)
      expect(await world.refused(exchangeBrandingUpdate, wish, gustav)).toMatchObject({ slug: 'exchange-color-contrast', message: expect.stringContaining(words) });
    for (const wish of [{ supportUrl: 'javascript:alert(1)' }, { footerUrl: 'http://ix.example' }, { accent: 'red' }, { name: '' }])
      expect((await world.refused(exchangeBrandingUpdate, wish, gustav)).slug).toBe('validation-failed');
    expect((await world.refused(exchangeBrandingUpdate, { name: 'Mine' }, petra)).slug).toBe('permission-denied');
    const said = { name: 'Gustav Exchange', shortName: 'GIX', footerText: 'Run by Gustav', accent: '#0B5394', accentDark: '#7fb2f0' };
    expect(await world.done(exchangeBrandingUpdate, said, gustav)).toMatchObject({ accent: '#0b5394', version: 1 });
    expect(await world.done(exchangeBrandingUpdate, { shortName: null }, gustav)).toMatchObject({ name: 'Gustav Exchange', shortName: null, version: 2 });
    expect(await face()).toMatchObject({ output: { face: { name: 'Gustav Exchange', footerText: 'Run by Gustav', logoUrl: null, hasMembers: false, hasGlass: false } } });
    expect(await world.done(exchangeBrandingGet, {}, ana)).toMatchObject({ name: null, version: 0 });
    await world.databases.platform('test', (db) => db.execute(sql`update tenants set status = 'suspended' where id = ${world.tenants.b}`));
    expect(await face()).toMatchObject({ output: { face: null } });
  }); // prettier-ignore

  test('is nothing, until a fabric is published; then who is active on it, without a sign-in, and nothing of other fabrics', async () => {
    await world.databases.platform('test', (db) => db.execute(sql`insert into tenants (tenant_id, id, slug, name) values (${world.tenants.a}, ${world.tenants.a}, 'lab-ix', 'Lab')`)); // prettier-ignore
    const look = (tenant: string) => world.call(exchangeMembersExport, { tenant }, null);
    const list = (tenant: string) => world.call(exchangeMembersLists, { tenant, list: 'asns' }, null);
    for (const read of [look, list]) await expect(read('lab-ix')).rejects.toMatchObject({ slug: 'not-found' });
    await fabric('pub', 6, { access: 'open' });
    for (const id of ['pub', 'res']) await world.done(exchangeConnectionsCreate, { fabricId: id, participantId: '20001' }, ana);
    await world.done(exchangeFabricsUpdate, { id: 'pub', published: true, ixfId: 7 }, ana);
    await world.done(exchangeParticipantsUpdate, { id: '20001', nameHidden: true }, ana);
    const passed = await look('lab-ix');
    expect(passed).toMatchObject({
      status: 'done',
      output: {
        version: '1.0',
        ixp_list: [{ shortname: 'pub', ixf_id: 7 }],
        member_list: [{ asnum: 20_001, connection_list: [{ state: 'active', vlan_list: [{ ipv6: { routeserver: false } }] }] }],
      },
    });
    expect(JSON.stringify(passed)).not.toContain('Net 20001');
    expect(await list('lab-ix')).toMatchObject({ status: 'done', output: { content: 'AS20001\n' } });
    await world.databases.platform('test', (db) => db.execute(sql`update tenants set status = 'suspended' where id = ${world.tenants.a}`));
    for (const tenant of ['lab-ix', 'nobody'])
      for (const read of [look, list]) await expect(read(tenant)).rejects.toMatchObject({ slug: 'not-found' });
  });
});
