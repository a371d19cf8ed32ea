import type { z } from 'zod';
import type { Database } from './database.ts';
import type { Via } from './gate-steps.ts';
import type { Operation, Risk, Surface } from './operation.ts';
import type { Port } from './port.ts';
import type { Reach, Scope } from './scope.ts';

/** Who is calling. `human` behind a key or agent is kept, so nobody approves through a tool what they asked for themselves. */
export interface Actor {
  kind: 'user' | 'apiKey' | 'agent' | 'system' | 'anonymous';
  /** Of the person, or of the service account or system part. */
  id: string;
  name: string;
  email: string | null;
  tenantId: string;
  tenantSlug: string;
  /** Session or API key that was used; revocation is by this id. */
  credentialId: string | null;
  /** Patterns such as `servers:*` that cap what an API key may do; null caps nothing. */
  permissionCap: readonly string[] | null;
  /** What an API key reaches at most; absent caps nothing. */
  scopeCap?: Scope | undefined;
  /** The program that acts for the person with a token of its own; `id` stays that of the person, so it never decides on what they asked for. */
  agent?: { clientId: string; name: string } | undefined;
  /** The highest risk that an agent's token was made for; absent caps nothing. */
  riskCap?: Risk | undefined;
  /** The person who answers for a service account; absent for everybody else. */
  ownerId?: string | undefined;
  /** Whoever it acts for besides itself: it does only what each of these may do too. None of them has bounds of its own. */
  within?: readonly Actor[] | undefined;
  ip: string | null;
  /** How and when a person last proved who they are in this session; absent for keys, agents and parts of the system. */
  proof?: Proof | undefined;
  /** Nothing but the caller's own affairs until it is done: a second factor that the tenant demands has to be enrolled. */
  limitedTo?: 'enrolment' | undefined;
}

export interface Proof {
  at: Date;
  /** 2: by two factors, or by a passkey that verified its user (NIST SP 800-63B). */
  level: 1 | 2;
  /** What the person could prove themselves with now: `password`, `totp`, `sms`, `webauthn`, `backup`. */
  factors: readonly string[];
  /** How they proved themselves in this session so far (RFC 8176): `pwd`, `otp`, `hwk` … */
  methods?: readonly string[];
}

/** Tenant of a person who has none, or has not chosen one yet: no row carries it. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** The browser (or other HTTP client) at the other end, for sign-in operations: nothing else may depend on it. */
export interface Browser {
  /** Host name the request was sent to, without port. */
  host: string;
  userAgent: string | null;
  cookie: (name: string) => string | undefined;
  /** HttpOnly, for the whole site, Secure when we are reached by HTTPS; an age of 0 removes it. `cross`: also sent with a form that another site posts. */
  setCookie: (name: string, value: string, options: { maxAgeSeconds?: number; cross?: boolean }) => void;
}

/** What a resolver or planner may touch: one tenant's rows and nothing else. */
export interface ReadContext {
  actor: Actor;
  tenantId: string;
  /** One transaction under row-level security; null Change on reads. */
  db: Database;
  /** What the grants that hold this operation's permission cover; lists filter by it. */
  reach: Reach;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
  /** Loads once per call and remembers: a row read by the target resolver need not be read again by the plan and the handler. */
  once: <T>(key: string, load: () => Promise<T>) => Promise<T>;
  /** Another module's operation, through the same checks, for the same actor, in the same transaction. */
  call: <I extends z.ZodObject, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>) => Promise<z.output<O>>;
}

/** All a handler may touch: one tenant, one transaction, one actor. Built by the Gate only. */
export interface Context extends ReadContext {
  surface: Surface;
  /** The node of a workflow through which the call came, if it did. */
  via?: Via | undefined;
  /** Absent on surfaces without one. */
  browser: Browser | undefined;
  requestId: string;
  decisionId: string;
  /** The Change this call carries out; null on reads and on calls that leave none. */
  changeId: string | null;
  /** Version from If-Match; compare with `requireVersion` before you update a shared document. */
  ifMatch: string | undefined;
  comment: string | undefined;
  ticket: string | undefined;
  /** The call skips approvals and time windows, and may. */
  emergency: boolean;
  /** Only the plan is asked for: what would be refused may be said in it instead. `run` sees it where the operation declares `handlesDryRun`. */
  dryRun: boolean;
  /** For sign-in operations only: who the caller turned out to be, so that the audit entry lands in that tenant. */
  actAs: (actor: Actor) => void;
  /** Announce; the row goes into the outbox with this transaction. Name is `resource.happened`. */
  emit: (event: `${string}.${string}`, payload: Record<string, unknown>) => void;
  /** Done once the transaction is committed, and not at all when it is not: a hint to whoever may begin. Must neither throw nor be waited for. */
  afterCommit: (act: () => void) => void;
}

/** What an operation's `finish` may touch: no transaction is open. */
export interface Afterwards {
  actor: Actor;
  tenantId: string;
  /** As in `Context`. */
  via?: Via | undefined;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
  /** Looks into the tenant's rows, under row-level security. */
  read: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
}
