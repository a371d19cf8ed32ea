import type { Context, ReadContext } from '#kernel/context.ts';
import { and, count, eq, gte, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { definePort } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { scrubValue } from '#kernel/taint.ts';
import { fieldErrors } from '#kernel/validate.ts';
import { providerProblem } from './provider-problems.ts';
import { CloudProviders, ProviderError, type Catalog } from './providers/port.ts';
import { CONFIGS, type ConnectionKind, type Validation } from './schemas.ts';
import { validations } from './tables.ts';

/** Checks of kinds that other modules serve, such as a DNS server; wired in app.ts. */
export interface ConnectionValidators {
  /** Looks at the outside and changes nothing there; an empty signed update is allowed. Undefined for kinds it does not know. */
  validate: (
    kind: ConnectionKind,
    connection: { config: Record<string, unknown>; credential: Record<string, string> | null },
    signal: AbortSignal,
  ) => Promise<Validation | undefined>;
}
export const ConnectionValidators = definePort<ConnectionValidators>('clouds.validators');

/** Keeps calls away from hosts that they must not reach. */
export interface OutgoingHosts {
  /** Address to connect to; throws `host-not-allowed`. */
  pin: (host: string) => Promise<string>;
}
export const OutgoingHosts = definePort<OutgoingHosts>('clouds.outgoing');

const SECONDS = 8;
const PER_USER = 10;
const PER_TENANT = 60;

/** Ten tries an hour for a user, sixty for a tenant: credentials must not be guessed through us. */
export async function countValidation({ db, tenantId, actor, now }: Context): Promise<void> {
  const since = new Date(now().getTime() - 3_600_000);
  const [row] = await db
    .select({ all: count(), mine: sql<number>`count(*) filter (where ${validations.actorId} = ${actor.id})::int` })
    .from(validations)
    .where(and(eq(validations.tenantId, tenantId), gte(validations.createdAt, since)));
  if (row!.mine >= PER_USER || row!.all >= PER_TENANT) {
    throw new Problem('rate-limited', `Credentials can be validated ${PER_USER} times an hour. Try again later.`, { retryAfterSeconds: 3_600 });
  }
  await db.insert(validations).values({ tenantId, id: newId(), actorId: actor.id, createdAt: now() });
}

/** The settings as the kind reads them. Throws `validation-failed` with pointers. */
export function configOf(kind: ConnectionKind, config: unknown): Record<string, unknown> {
  const parsed = CONFIGS[kind].safeParse(config ?? {});
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error.issues).map((error) => ({ ...error, pointer: `/config${error.pointer}` }));
  throw new Problem('validation-failed', `${errors[0]!.pointer}: ${errors[0]!.message}.`, { errors });
}

/** Secret fields of each kind; the input names them, the database keeps them sealed as one. */
export function credentialOf(kind: ConnectionKind, credential: { tsigSecret?: string | undefined } | undefined): Record<string, string> | null {
  if (kind !== 'rfc2136') return null;
  const secret = credential?.tsigSecret;
  if (secret === undefined)
    throw new Problem('validation-failed', 'A connection of kind rfc2136 needs credential.tsigSecret.', {
      errors: [{ pointer: '/credential/tsigSecret', message: 'is required' }],
    });
  return { tsigSecret: secret };
}

interface Tried {
  kind: ConnectionKind;
  config: Record<string, unknown>;
  credential: Record<string, string> | null;
  connectionId: string | null;
}

/** With what it sells, when that is known and it works. */
export type Trial = Validation & { catalog: Catalog | null };

const failed = (name: string, detail: string, remedy: string): Trial => ({
  ok: false,
  identity: null,
  checks: [{ name, ok: false, detail, remedy }],
  warnings: [],
  catalog: null,
});

export const shownTrial = ({ ok, identity, checks, warnings }: Trial): Validation => ({ ok, identity, checks, warnings });

/** Refuses what did not pass its checks. */
export function requireValid(trial: Trial): Trial {
  if (trial.ok) return trial;
  const first = trial.checks.find((check) => !check.ok);
  throw new Problem('credential-invalid', `The connection does not work: ${first?.name}: ${first?.detail} ${first?.remedy ?? ''}`.trim(), {
    checks: trial.checks,
  });
}

/** Looks whether a connection works, and says so without values of secrets: a provider may repeat what it was sent, and the answer is shown and kept. */
export async function tryOut(ctx: Pick<ReadContext, 'provider' | 'tenantId'>, tried: Tried): Promise<Trial> {
  const trial = await talk(ctx, tried);
  return { ...trial, ...scrubValue(shownTrial(trial), ctx.tenantId) };
}

/**
 * Talks to the outside for at most eight seconds within the caller's transaction: whoever connects a cloud waits for the answer, and
 * nothing has been written by then that others could wait for.
 */
async function talk({ provider, tenantId }: Pick<ReadContext, 'provider' | 'tenantId'>, tried: Tried): Promise<Trial> {
  const signal = AbortSignal.timeout(SECONDS * 1_000);
  const clouds = provider(CloudProviders);
  try {
    if (clouds.kinds.includes(tried.kind)) {
      const cloud = clouds.open({ tenantId, ...tried }, signal);
      return { ...(await cloud.validate()), catalog: await cloud.catalog() };
    }
    const found = await provider(ConnectionValidators).validate(tried.kind, await pinned(provider(OutgoingHosts), tried), signal);
    return found
      ? { ...found, catalog: null }
      : failed('kind', `Connections of kind ${tried.kind} are not served by this installation.`, 'Choose another kind.');
  } catch (error) {
    if (error instanceof ProviderError)
      return failed('identity', providerProblem(error).message, 'Check the credential and that the provider can be reached.');
    if (error instanceof Problem && error.slug === 'host-not-allowed') return failed('host', error.message, error.kind.remedy);
    if (signal.aborted) return failed('reach', `No answer within ${SECONDS} s.`, 'Check the address and the way there.');
    throw error;
  }
}

/** With the address that was checked in place of the name, so that a second look-up cannot lead elsewhere. */
export async function pinned<T extends { config: Record<string, unknown> }>(hosts: OutgoingHosts, connection: T): Promise<T> {
  const { server } = connection.config;
  return typeof server === 'string' ? { ...connection, config: { ...connection.config, address: await hosts.pin(server) } } : connection;
}
