import { pino } from 'pino';
import type { z } from 'zod';
import type { Actor } from '#kernel/context.ts';
import type { Call, Passed } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import type { Module } from '#kernel/module.ts';
import type { Envelope, Operation, Risk, Surface } from '#kernel/operation.ts';
import type { Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeCovers, type Reach, type Scope } from '#kernel/scope.ts';
import { audit } from '#modules/audit/index.ts';
import { changesApprove, changesGet, governance } from '#modules/governance/index.ts';
import { createCore, type Core, type CoreOptions, type Parts, type People } from '../src/core.ts';
import { requireFitting } from './announced.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';

interface Rights {
  permissions: readonly string[];
  roles: readonly string[];
  scope: Scope;
  maxRisk: Risk;
  more: readonly Granted[];
}
interface Granted {
  permissions: readonly string[];
  scope?: Scope;
  maxRisk?: Risk;
}
export interface Person {
  token: string;
  actor: Actor;
}
export interface PersonOptions {
  name?: string;
  /** Patterns such as `servers:*`; everything when left out. */
  permissions?: readonly string[];
  scope?: Scope;
  maxRisk?: Risk;
  /** Several grants instead of the one that the other fields describe. */
  grants?: readonly Granted[];
  /** Keys of roles, where something asks for them by name; none when left out. */
  roles?: readonly string[];
  /** `a` (default) or `b`: two tenants that must never see each other. */
  tenant?: 'a' | 'b';
}
export interface WorldOptions {
  modules: readonly Module[];
  adapters?: (parts: Parts, people: People) => readonly (readonly [Port<unknown>, unknown])[];
  now?: () => Date;
  /** Carry out jobs in this process; default true. */
  works?: boolean;
  /** A migrated database; a clone of the template when left out. */
  databaseUrl?: string;
  /** Multiplies limits; a thousand when left out, so that only tests of limits meet one. */
  rateLimitFactor?: number;
  /** Rules of the installation. */
  platformPolicies?: readonly { file: string; document: string }[];
  /** How executions of workflows are carried on. */
  workflows?: CoreOptions['workflows'];
  /** Those of another process on the same database; new ones when left out. */
  tenants?: { a: string; b: string };
}

const RANK = { read: 0, write: 1, high: 2 } as const;
const matches = (pattern: string, permission: string): boolean => {
  const [resource, action] = pattern.split(':');
  const [wantedResource, wantedAction] = permission.split(':');
  return pattern === '*' || ((resource === '*' || resource === wantedResource) && (action === '*' || action === wantedAction));
};

/** Real database, Gate, jobs and Changes; only who is who is settled by the test. */
export async function createWorld({
  modules,
  adapters = () => [],
  now,
  works = true,
  databaseUrl,
  tenants: shared,
  platformPolicies,
  workflows,
  rateLimitFactor = 1000,
}: WorldOptions) {
  const tenants = shared ?? { a: newId(), b: newId() };
  const teams = new Map<string, Person[]>();
  const owners: Person[] = [];
  const known = new Map<string, { actor: Actor; rights: Rights }>();
  const byId = (id: string) => [...known.values()].find(({ actor }) => actor.id === id);
  const grantsOf = ({ permissions, scope, maxRisk, more }: Rights, { permission, risk }: { permission: string; risk: Risk }): Scope[] =>
    [{ permissions, scope, maxRisk }, ...more]
      .filter((grant) => grant.permissions.some((pattern) => matches(pattern, permission)) && RANK[grant.maxRisk ?? 'high'] >= RANK[risk])
      .map((grant) => grant.scope ?? { all: true });
  const reachOf = (actor: Actor, operation: { permission: string; risk: Risk }): Reach => {
    const rights = byId(actor.id)?.rights;
    return rights
      ? grantsOf(rights, operation).map((scope, place) => ({ grantId: `grant-of-${actor.name}${place === 0 ? '' : `-${place}`}`, scope }))
      : [];
  };
  const people: People = {
    async authenticate({ credentials }) {
      const found = credentials && known.get(credentials.token);
      if (!found) throw new Problem('unauthenticated', 'Sign in first.');
      return found.actor;
    },
    async permit(_db, actor, operation) {
      const reach = reachOf(actor, operation);
      if (reach.length === 0) throw new Problem('permission-denied', `You lack ${operation.permission}.`);
      return reach;
    },
    holders: async (_db, tenantId, permission, targets) =>
      [...known.values()]
        .filter(({ actor }) => actor.tenantId === tenantId && actor.ownerId === undefined && actor.kind === 'user')
        .filter(({ rights }) => grantsOf(rights, { permission, risk: 'high' }).some((scope) => targets.every((target) => scopeCovers(scope, target))))
        .map(({ actor: { id, name } }) => ({ id, name })),
    rosters: {
      inRole: async (_db, tenantId, role) =>
        [...known.values()].filter(({ actor, rights }) => actor.tenantId === tenantId && rights.roles.includes(role)).map(({ actor }) => actor.id),
      rolesOf: async (_db, _tenantId, id) => [...(byId(id)?.rights.roles ?? [])],
      ownersOf: async (_db, _tenantId, targets) => (targets.length > 0 ? owners.map(({ actor }) => actor.id) : []),
    },
    teams: {
      of: async (_db, _tenantId, id) => [...teams].filter(([, team]) => team.some(({ actor }) => actor.id === id)).map(([slug]) => slug),
      members: async (_db, tenantId, slug) =>
        (teams.get(slug) ?? [])
          .filter(({ actor }) => actor.tenantId === tenantId && byId(actor.id))
          .map(({ actor }) => ({ id: actor.id, name: actor.name })),
    },
    async revive(actor) {
      const found = byId(actor.id);
      if (!found) throw new Problem('unauthenticated', `${actor.name} is gone.`);
      return found.actor;
    },
    alone: async () => false,
    tenantIds: async () => Object.values(tenants),
  };
  const faults: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) });
  const url = databaseUrl ?? (await cloneDatabase());
  const core: Core = await createCore({
    databaseUrl: url,
    masterKey: testMasterKey(),
    modules: [governance, audit, ...modules.filter((module) => module !== governance && module !== audit)],
    people: () => people,
    adapters,
    log,
    works,
    rateLimitFactor,
    ...(now ? { now } : {}),
    ...(platformPolicies ? { platformPolicies } : {}),
    ...(workflows ? { workflows } : {}),
  });
  if (works) await core.work();

  const callOf = (person: Person | null, envelope: Envelope, surface: Surface): Call => ({
    surface,
    credentials: person && { kind: 'bearer', token: person.token },
    ip: '127.0.0.1',
    requestId: newId(),
    envelope,
  });
  const call = <I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: unknown,
    person: Person | null,
    envelope: Envelope = {},
    surface: Surface = 'rest',
  ): Promise<Passed<z.output<O>>> => core.gate.pass(operation, input, callOf(person, envelope, surface));

  return {
    ...core,
    tenants,
    databaseUrl: url,
    /** Faults that background work logged; empty when all is well. */
    faults,
    /** Someone who can call; each has their own identity. */
    as({
      name = `person-${known.size + 1}`,
      grants,
      permissions = grants ? [] : ['*'],
      scope = { all: true },
      maxRisk = 'high',
      roles = [],
      tenant = 'a',
    }: PersonOptions = {}): Person {
      const id = newId();
      const actor: Actor = {
        kind: 'user',
        id,
        name,
        email: `${name}@example.test`,
        tenantId: tenants[tenant],
        tenantSlug: tenant,
        credentialId: newId(),
        permissionCap: null,
        ip: '127.0.0.1',
      };
      const person = { token: `token-${id}`, actor };
      known.set(person.token, { actor, rights: { permissions, roles, scope, maxRisk, more: grants ?? [] } });
      return person;
    },
    /** Makes a team of people, or empties it. */
    team: (slug: string, members: readonly Person[]) => void teams.set(slug, [...members]),
    /** Who answers for all targets from now on. */
    own: (...answering: Person[]) => void owners.splice(0, owners.length, ...answering),
    forget: (person: Person) => void known.delete(person.token),
    call,
    /** The output of a call that must be done at once. */
    async done<I extends z.ZodObject, O extends z.ZodType>(
      operation: Operation<I, O>,
      input: unknown,
      person: Person,
      envelope: Envelope = {},
    ): Promise<z.output<O>> {
      const passed = await call(operation, input, person, envelope);
      if (passed.status !== 'done') throw new Error(`${operation.name} is ${passed.status}, not done`);
      return passed.output;
    },
    /** The Change of a call that must have been accepted. */
    async accepted(
      operation: Operation,
      input: unknown,
      person: Person,
      envelope: Envelope = {},
    ): Promise<{ id: string; number: string; state: string }> {
      const passed = await call(operation, input, person, envelope);
      if (passed.status !== 'accepted') throw new Error(`${operation.name} is ${passed.status}, not accepted`);
      return passed.change;
    },
    /** The Problem of a call that must be refused. */
    async refused(operation: Operation, input: unknown, person: Person | null, envelope: Envelope = {}): Promise<Problem> {
      const outcome = await call(operation, input, person, envelope).catch((error: unknown) => error);
      if (outcome instanceof Problem) return outcome;
      throw new Error(`${operation.name} was not refused: ${JSON.stringify(outcome)}`);
    },
    /** Asks for it, has `approver` agree where a rule demands that, and answers the ended Change. */
    async carriedOut(operation: Operation, input: unknown, person: Person, approver: Person) {
      const change = await this.accepted(operation, input, person);
      if (change.state === 'awaiting_approval') await this.approve(change, approver);
      return this.settled(change, person);
    },
    approve: (change: { id: string }, person: Person) => call(changesApprove, { id: change.id }, person),
    /** Waits until a Change has ended (or is in one of `states`) and answers it as `person` sees it. */
    async settled(change: { id: string }, person: Person, { states, timeoutMs = 60_000 }: { states?: readonly string[]; timeoutMs?: number } = {}) {
      const end = Date.now() + timeoutMs;
      // What takes long is asked after less and less often: each question is work for those that are waited for.
      for (let wait = 20; ; wait = Math.min(wait * 1.2, 250)) {
        const passed = await call(changesGet, { id: change.id }, person);
        if (passed.status !== 'done') throw new Error('changes.get must be done at once');
        if (states ? states.includes(passed.output.state) : passed.output.endedAt !== null) return passed.output;
        if (Date.now() > end)
          throw new Error(`${passed.output.number} is still ${passed.output.state}: ${JSON.stringify(passed.output.job)} ${faults.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
    async close() {
      try {
        await requireFitting(core);
      } finally {
        await core.stop(5_000);
      }
    },
  };
}
export type World = Awaited<ReturnType<typeof createWorld>>;
