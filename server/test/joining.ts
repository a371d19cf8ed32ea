import type { z } from 'zod';
import { sql } from '#kernel/drizzle.ts';
import type { Operation } from '#kernel/operation.ts';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { secrets } from '#modules/secrets/index.ts';
import { cloneDatabase } from './clone.ts';
import { createWorld, type Person } from './world.ts';
import { startZerotierController } from './zerotier.ts';
import { secretAdapters } from '../src/secrets.ts';
import { exchange } from '#modules/exchange/index.ts';
import { exchangeRequestsApprove } from '../src/modules/exchange/joining/operations/exchange.requests.approve.ts';
import { exchangeRequestsCreate } from '../src/modules/exchange/joining/operations/exchange.requests.create.ts';
import { exchangeRequestsGet } from '../src/modules/exchange/joining/operations/exchange.requests.get.ts';
import { exchangeRequestsWithdraw } from '../src/modules/exchange/joining/operations/exchange.requests.withdraw.ts';
import type { JoinRequest } from '../src/modules/exchange/joining/schemas.ts';
import { exchangeFabricsCreate } from '../src/modules/exchange/operations/exchange.fabrics.create.ts';
import { controllers as zerotierControllers } from '../src/modules/exchange/providers/zerotier/controllers.ts';
import { Controllers } from '../src/modules/exchange/providers/zerotier/port.ts';

export const NODE = '8056c2e21c';
export const TOKEN = 'controller-token-of-the-laboratory';
export type Request = z.output<typeof JoinRequest>;

interface Standing {
  ageDays?: number;
  grants?: readonly string[];
  permissions?: readonly string[];
}

/** An exchange with a ZeroTier controller beside it, and networks that ask to join; who may what is as identity has it stored. */
export async function joiningLab(adapters: readonly (readonly [Port<unknown>, unknown])[] = []) {
  const zerotier = await startZerotierController({ nodeId: NODE, token: TOKEN });
  const databaseUrl = await cloneDatabase();
  const world = await createWorld({
    modules: [exchange, secrets],
    databaseUrl,
    adapters: (parts, people) => [
      ...secretAdapters(parts, people, databaseUrl),
      provide(Controllers, zerotierControllers({ kind: 'self_hosted_controller', ownUrl: undefined, pause: async () => undefined, send: () => (request) => outboundRequest(request, { exceptions: [], allowPrivateTargets: true }) })), // prettier-ignore
      ...adapters,
    ],
  });
  const [ana, otto, gustav] = [world.as({ name: 'ana' }), world.as({ name: 'otto' }), world.as({ name: 'gustav', tenant: 'b' })];

  /** Somebody who is known to identity, with the word of PeeringDB or of an operator for networks. */
  async function peer(name: string, source: 'peeringdb' | 'local', asns: readonly number[], more: Standing = {}): Promise<Person> {
    const person = world.as({ name, permissions: more.permissions ?? ['exchangeRequests:create', 'changes:read'] });
    const { id, tenantId } = person.actor;
    await world.databases.platform('test', async (db) => {
      await db.execute(sql`insert into auth.users (id, email, name) values (${id}, ${`${name}@peer.example`}, ${name})`);
      for (const asn of asns)
        await db.execute(sql`insert into auth.asn_rights (id, user_id, asn, source, net_name, verified_at)
          values (gen_random_uuid(), ${id}, ${asn}, ${source}, ${`Net ${asn}`}, now() - make_interval(days => ${more.ageDays ?? 0}))`);
      for (const grant of more.grants ?? [])
        await db.execute(sql`insert into auth.fabric_grants (id, tenant_id, user_id, fabric, all_fabrics, created_at)
          values (gen_random_uuid(), ${tenantId}, ${id}, ${grant === '*' ? null : grant}, ${grant === '*'}, now())`);
    });
    return person;
  }
  const carriedOut = (operation: Operation, input: object, who = ana, approver = otto) => world.carriedOut(operation, input, who, approver);

  return {
    world,
    zerotier,
    ana,
    otto,
    gustav,
    peer,
    carriedOut,
    fabric: (slug: string, n: number, more: object = {}) =>
      world.done(exchangeFabricsCreate, { slug, name: slug, rsAsn: 64_500, ipv6Prefix: `2001:db8:5${n}::/64`, ...more }, ana),
    ask: (who: Person, fabricId: string, asn: number, nodeId?: string) => world.done(exchangeRequestsCreate, { fabricId, asn, nodeId }, who),
    refusal: (who: Person, fabricId: string, asn: number, nodeId?: string) => world.refused(exchangeRequestsCreate, { fabricId, asn, nodeId }, who),
    slugOf: async (operation: Operation, input: object, who: Person) => (await world.refused(operation, input, who)).slug,
    withdraw: (who: Person, { id }: { id: string }) => world.done(exchangeRequestsWithdraw, { id }, who),
    approve: ({ id }: { id: string }) => carriedOut(exchangeRequestsApprove, { id }),
    shown: ({ id }: { id: string }): Promise<Request> => world.done(exchangeRequestsGet, { id }, ana),
    inTenant: <T>(work: (ctx: WorkContext) => Promise<T>): Promise<T> => {
      const tenantId = world.tenants.a;
      return world.databases.tenant({ tenantId, operation: 'test' }, (db) =>
        work({
          db,
          tenantId,
          now: () => new Date(),
          emit: () => undefined,
          changeId: null,
          actor: ana.actor,
          provider: providerOf(world.adapters),
        } as never),
      );
    },
    close: async () => {
      await world.close();
      await zerotier.close();
    },
  };
}
