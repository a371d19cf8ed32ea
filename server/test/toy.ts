import { pino } from 'pino';
import { z } from 'zod';
import { NO_TENANT, type Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { createGate, type Gate, type Steps } from '#kernel/gate.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId, sha256 } from '#kernel/ids.ts';
import { localLive } from '#kernel/live.ts';
import { defineModule } from '#kernel/module.ts';
import { defineOperation, type AnyOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { createRegistry, type Registry } from '#kernel/registry.ts';
import '#modules/identity/problems.ts'; // of a session that is over
import { createHttp, type Http, type HttpOptions } from '#surfaces/http.ts';
import type { Feeds, StreamEvent } from '#surfaces/stream.ts';

/**
 * A small company for tests of the surfaces: the real Gate over an in-memory owner of every step, so that what is tested is how
 * calls come in and answers go out, without a database.
 */
export const TENANT = '0197a1b2-0000-7000-8000-00000000aaaa';
export const TOKENS = {
  alice: 'sy_alice',
  reader: 'sy_reader',
  flooded: 'sy_flooded',
  late: 'sy_late',
  homeless: 'sy_homeless',
  unenrolled: 'sy_unenrolled',
  agent: 'sy_agent',
} as const;

const Lamp = z
  .object({ id: z.string(), name: z.string(), watts: z.int(), on: z.boolean(), labels: z.record(z.string(), z.string()), version: z.int() })
  .meta({ id: 'Lamp' });
const lampInput = {
  name: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: 'Name', help: 'Shown in the list', examples: ['hall'] }),
  watts: z.int().min(1).max(2000).default(40),
  labels: z.record(z.string(), z.string()).default({}),
};

const change = { id: '0197a1b2-0000-7000-8000-00000000c4a9', number: 'CHG-7', state: 'awaiting_approval', operation: 'lamps.burn' };

function toyRegistry(lamps: Map<string, z.infer<typeof Lamp>>, changeState: { state: string }, more: readonly AnyOperation[]): Registry {
  const lampOf = (id: string) => {
    const lamp = lamps.get(id);
    if (!lamp) throw new Problem('not-found', `There is no lamp "${id}".`);
    return lamp;
  };
  const operations = [
    defineOperation({
      name: 'lamps.list', summary: 'List lamps', permission: 'lamps:read', risk: 'read', targets: 'filter',
      input: z.object({ ...pageInput, on: z.boolean().optional(), watts: z.int().optional(), tag: z.array(z.string()).optional(), match: z.object({ name: z.string() }).optional() }),
      output: pageOf(Lamp),
      run: async (_ctx, { on, limit }) => ({ items: [...lamps.values()].filter((lamp) => on === undefined || lamp.on === on).slice(0, limit), nextCursor: null }),
    }),
    defineOperation({
      name: 'lamps.get', summary: 'Show a lamp', permission: 'lamps:read', risk: 'read', targets: 'none', input: z.object({ id: z.string() }), output: Lamp,
      run: async (_ctx, { id }) => lampOf(id),
    }),
    defineOperation({
      name: 'lamps.count', summary: 'Count lamps', permission: 'lamps:read', risk: 'read', targets: 'none', input: z.object({}), output: z.object({ count: z.int() }),
      run: async () => ({ count: lamps.size }),
    }),
    defineOperation({
      name: 'lamps.export', summary: 'Export lamps', permission: 'lamps:read', risk: 'read', targets: 'none', download: true, input: z.object({ format: z.enum(['csv', 'json']).default('csv') }),
      output: z.object({ content: z.string(), mediaType: z.string(), filename: z.string() }),
      run: async () => ({ content: 'id,name\n', mediaType: 'text/csv; charset=utf-8', filename: 'lamps "été".csv' }),
    }),
    defineOperation({
      name: 'lamps.create', summary: 'Create a lamp', permission: 'lamps:create', risk: 'write', targets: 'none', input: z.object(lampInput), output: Lamp,
      plan: (_ctx, { name }) => ({ summary: `a lamp ${name}`, changes: [{ action: 'create', type: 'lamp', name }] }),
      async run(_ctx, input) {
        const lamp = { id: newId(), on: false, version: 1, ...input };
        lamps.set(lamp.id, lamp);
        return lamp;
      },
    }),
    defineOperation({
      name: 'lamps.update', summary: 'Update a lamp', permission: 'lamps:update', risk: 'write', targets: 'none', input: z.object({ id: z.string(), watts: z.int().optional() }), output: Lamp,
      plan: () => ({ summary: 'other watts' }),
      async run(ctx, { id, watts }) {
        const lamp = lampOf(id);
        if (ctx.ifMatch !== undefined && ctx.ifMatch !== String(lamp.version)) throw new Problem('version-conflict', 'Someone else was faster.');
        lamps.set(id, { ...lamp, ...(watts === undefined ? {} : { watts }), version: lamp.version + 1 });
        return lampOf(id);
      },
    }),
    defineOperation({
      name: 'lamps.burn', summary: 'Burn a lamp', permission: 'lamps:burn', risk: 'high', runs: 'job', targets: 'none', input: z.object({ id: z.string() }), output: z.object({}),
      plan: () => ({ summary: 'the lamp is gone', dataLoss: 'the lamp' }),
      execute: async () => ({}),
    }),
    defineOperation({
      name: 'lamps.break', summary: 'Break a lamp', permission: 'lamps:burn', risk: 'read', targets: 'none', input: z.object({}), output: z.object({}),
      run: async () => {
        throw new Error('the secret of the socket');
      },
    }),
    defineOperation({
      name: 'doors.open', summary: 'Sign in', permission: 'doors:open', risk: 'write', change: 'none', access: 'public', session: 'start', targets: 'none', hiddenFrom: ['mcp'],
      input: z.object({ password: z.string(), tokenType: z.enum(['cookie', 'bearer']).default('cookie'), rememberMe: z.boolean().default(false) }),
      output: z.object({ token: z.string(), expiresAt: z.string(), user: z.string(), keptSeconds: z.int().optional() }),
      async run(_ctx, { password, rememberMe }) {
        if (password !== 'sesame') throw new Problem('unauthenticated', 'Wrong password.');
        return { token: TOKENS.alice, expiresAt: '2099-01-01T00:00:00.000Z', user: 'alice', ...(rememberMe ? { keptSeconds: 86_400 } : {}) };
      },
    }),
    defineOperation({
      name: 'doors.close', summary: 'Sign out', permission: 'doors:close', risk: 'write', change: 'none', access: 'self', session: 'end', targets: 'none', hiddenFrom: ['mcp'],
      input: z.object({ others: z.boolean().default(false) }), output: z.object({ ended: z.boolean() }),
      run: async (_ctx, { others }) => ({ ended: !others }),
    }),
    defineOperation({
      name: 'changes.get', summary: 'Show a Change', permission: 'changes:read', risk: 'read', targets: 'none', input: z.object({ id: z.string() }), output: z.looseObject({ id: z.string(), number: z.string(), state: z.string(), operation: z.string() }),
      run: async () => ({ ...change, state: changeState.state }),
    }),
  ]; // prettier-ignore
  return createRegistry([
    defineModule({
      name: 'toys',
      operations: [...operations, ...more],
      events: { 'lamp.created': 'A lamp exists', 'secret.read': 'Not for lamp readers' },
    }),
  ]);
}

const person = (id: string): Actor => ({
  kind: 'apiKey',
  id,
  name: id,
  email: null,
  tenantId: TENANT,
  tenantSlug: 'toys',
  credentialId: `key-${id}`,
  permissionCap: null,
  ip: null,
});
const PERMISSIONS: Record<string, RegExp> = { alice: /./, reader: /:read$/, flooded: /./, late: /./, homeless: /./, unenrolled: /./, agent: /./ };
const HOUR_MS = 3_600_000;
/** People whose session is not all it could be. */
const STANDING: Record<string, Partial<Actor>> = {
  late: { kind: 'user', proof: { at: new Date(Date.now() - HOUR_MS), level: 1, factors: ['password', 'totp'] } },
  homeless: { kind: 'user', tenantId: NO_TENANT, tenantSlug: '' },
  unenrolled: { kind: 'user', limitedTo: 'enrolment' },
  agent: { kind: 'agent', agent: { clientId: 'swc_toy', name: 'Toy agent' } },
};

function toySteps(audit: AuditEntry[], gone: ReadonlySet<string>, proof: NonNullable<Actor['proof']>): Steps {
  const permit = (actor: Actor, permission: string) => {
    if (!PERMISSIONS[actor.id]?.test(permission)) throw new Problem('permission-denied', `You lack ${permission}.`);
    return [{ grantId: 'g', scope: { all: true as const } }];
  };
  return {
    async authenticate({ credentials }) {
      const name = credentials?.token.replace(/^sy_/, '') ?? '';
      if (name === 'over') throw new Problem('session-expired', 'It was good once.');
      if (!(name in PERMISSIONS) || gone.has(name)) throw new Problem('unauthenticated', 'Sign in first.');
      return { ...person(name), ...STANDING[name], ...(name === 'agent' ? { proof } : {}) };
    },
    async rateLimit(actor) {
      if (actor.id === 'flooded') throw new Problem('rate-limited', 'Too much.', { retryAfterSeconds: 7 });
      return { limit: 100, remaining: 99, resetSeconds: 30, policy: 'burst' };
    },
    permit: async (_db, actor, { permission }) => permit(actor, permission),
    policy: async (_db, { risk, phase }) => ({
      rules: [],
      requirements:
        risk === 'high' && phase === 'plan'
          ? [{ rule: 'high', text: 'one approval by someone else', need: { who: 'scopeApprovers', count: 1 } }]
          : [],
    }),
    changes: {
      open: async (_ctx, { start }) => ({ ...change, state: start === 'inline' ? 'running' : 'awaiting_approval' }),
      emergency: async () => undefined,
      conflicts: async (_ctx, { plan }) => plan,
      succeeded: async () => undefined,
    },
    audit: { write: async (_db, entry) => void audit.push(entry), later: async (entry) => void audit.push(entry) },
    observe: () => undefined,
  };
}

/** A database that does whatever it is told and finds nothing: idempotency keys are always new. */
const silent: unknown = new Proxy(() => undefined, {
  apply: () => silent,
  get: (_target, name) => (name === 'then' ? (done: (found: { rowCount: number }) => void) => done({ rowCount: 1 }) : silent),
});

/** A feed that a test pushes into; ids count up. */
export function toyFeed() {
  const log: StreamEvent[] = [];
  const live = localLive();
  return {
    push(event: Omit<StreamEvent, 'id'>): void {
      log.push({ ...event, id: String(log.length + 1) });
      live.publish('news');
    },
    feed: {
      read: async (position: string | null) => {
        const from = position === null ? 0 : Number(position);
        const events = log.slice(from, from + 2);
        return { events, position: String(from + events.length) };
      },
      subscribe: (hear: () => void) => live.subscribe('news', hear),
    },
  };
}

export interface Toy extends Http {
  registry: Registry;
  gate: Gate;
  audit: AuditEntry[];
  news: ReturnType<typeof toyFeed>;
  /** What `changes.get` answers. */
  changeState: { state: string };
  /** When the person behind the agent last proved who they are. */
  agentProof: { at: Date };
  /** People whose session has ended. */
  gone: Set<string>;
  feeds: Feeds;
  log: string[];
}

export async function toy(
  options: Partial<Pick<HttpOptions, 'config' | 'webRoot' | 'mcpServer' | 'doubts' | 'tenantOf' | 'wellKnown'>> & {
    more?: readonly AnyOperation[];
  } = {},
): Promise<Toy> {
  const audit: AuditEntry[] = [];
  const changeState = { state: 'awaiting_approval' };
  const gone = new Set<string>();
  const agentProof = { at: new Date(0), level: 2 as const, factors: ['browser'] };
  const registry = toyRegistry(new Map(), changeState, options.more ?? []);
  const nobody = () => Promise.reject(new Error('nobody looks here'));
  const gate = createGate({
    registry,
    databases: { tenant: (_who, work) => work(silent as Database, { last: nobody, after: nobody }), platform: (_reason, work) => work(silent as Database), lookUp: (work) => work(silent as Database), probe: nobody, ping: async () => undefined, usage: () => ({ total: 0, idle: 0, waiting: 0 }), close: async () => undefined },
    steps: toySteps(audit, gone, agentProof),
    adapters: new Map(),
    live: localLive(),
    now: () => new Date(),
    digest: sha256,
  }); // prettier-ignore
  const news = toyFeed();
  const feeds: Feeds = { change: () => news.feed, tenant: () => news.feed };
  const lines: string[] = [];
  const good = async () => ({ status: 200, body: { status: 'ready' } });
  const http = await createHttp({
    registry, gate, feeds,
    config: { publicUrl: 'https://sy.example', version: '0.0.0-test' },
    log: pino({ level: 'debug' }, { write: (text: string) => void lines.push(text) }),
    probes: { live: good, ready: good, health: good, metrics: async () => ({ contentType: 'text/plain', body: 'up 1\n' }) },
    ...options,
  }); // prettier-ignore
  return { ...http, registry, gate, audit, news, changeState, agentProof, gone, feeds, log: lines };
}
