import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#kernel/database.ts';
import type { Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { backoff, closedCircuit, sending, unavailable, waitFor, type Circuit } from './circuit.ts';
import { findConnection, opened } from './connection-rows.ts';
import { asSystem } from './credentials.ts';
import { lookAt, noteAnswer, noteIntent, type Mutation } from './journal.ts';
import { HANDLING, providerProblem } from './provider-problems.ts';
import { CloudProviders, ProviderError, type Accepted, type CloudProvider, type OpenConnection } from './providers/port.ts';
import { circuitChanged, credentialRefused } from './reachability.ts';

/** One short transaction in the tenant. */
export interface Place {
  db: Database;
  tenantId: string;
  now: () => Date;
  emit: (event: `${string}.${string}`, payload: Record<string, unknown>) => void;
}

/** What talking to a provider needs: a job's Work has it, and so has a background pass. No transaction is open meanwhile. */
export interface Outside {
  tenantId: string;
  changeId: string | null;
  now: () => Date;
  signal: AbortSignal;
  provider: <T>(port: Port<T>) => T;
  tx: <T>(work: (place: Place) => Promise<T>) => Promise<T>;
  /** Throws when the work is to end: cancelled, or past its deadline. */
  checkpoint: () => Promise<void>;
  /** Gives up instead of waiting for a provider that is down: a background pass comes again anyway. */
  hurried?: true;
}

async function pause(outside: Outside, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: outside.signal }).catch(() => {
    throw outside.signal.reason;
  });
  await outside.checkpoint();
}

const circuitOf = (outside: Outside, connectionId: string): Circuit => {
  const { circuits, pace } = outside.provider(CloudProviders);
  return circuits.get(connectionId) ?? closedCircuit(pace);
};

/** Holds the call back while the circuit is open. */
async function throughCircuit(outside: Outside, connectionId: string): Promise<void> {
  for (
    let wait = waitFor(circuitOf(outside, connectionId), Date.now());
    wait !== null;
    wait = waitFor(circuitOf(outside, connectionId), Date.now())
  ) {
    if (outside.hurried)
      throw new ProviderError('unavailable', 'circuit_open', 'it did not answer several times and is given a pause', Math.ceil(wait / 1_000));
    await pause(outside, Math.min(wait, 5_000));
  }
}

async function noteOutcome(outside: Outside, connectionId: string, error: ProviderError | undefined): Promise<void> {
  const { circuits, pace } = outside.provider(CloudProviders);
  const before = circuitOf(outside, connectionId);
  const silent = error?.class === 'unavailable' || error?.class === 'ambiguous';
  const after = silent ? unavailable(before, Date.now(), pace) : closedCircuit(pace);
  circuits.set(connectionId, after);
  if (before.openUntil !== after.openUntil) await outside.tx((place) => circuitChanged(place, connectionId, after));
  if (error?.class === 'auth') await outside.tx((place) => credentialRefused(place, connectionId));
}

const openedNow = (outside: Outside, connectionId: string): Promise<OpenConnection> =>
  outside.tx(async (place) => {
    const row = await findConnection(place, connectionId);
    if (row.status === 'paused') throw new Problem('connection-paused', `The connection "${row.name}" is paused; no calls are made.`);
    if (row.status === 'auth_failed' && !outside.hurried)
      throw new ProviderError('auth', 'credential_refused', `the credential of "${row.name}" was refused before`);
    return opened({ ...place, provider: outside.provider }, row, asSystem('clouds', outside.changeId));
  });

/** One try: circuit, credential, time limit. Throws ProviderError for what the provider did, anything else for what we did. */
async function once<T>(outside: Outside, connectionId: string, act: (cloud: CloudProvider) => Promise<T>): Promise<T> {
  const providers = outside.provider(CloudProviders);
  const { circuits, pace } = providers;
  let connection: OpenConnection;
  // Others may have opened the circuit, or begun to probe it, while the connection was read.
  do {
    await throughCircuit(outside, connectionId);
    connection = await openedNow(outside, connectionId);
  } while (waitFor(circuitOf(outside, connectionId), Date.now()) !== null);
  const before = circuitOf(outside, connectionId);
  circuits.set(connectionId, sending(before));
  const signal = AbortSignal.any([outside.signal, AbortSignal.timeout(pace.timeoutMs)]);
  try {
    const result = await act(providers.open(connection, signal));
    await noteOutcome(outside, connectionId, undefined);
    return result;
  } catch (error) {
    if (outside.signal.aborted) {
      circuits.set(connectionId, before); // we left before the answer: somebody else probes
      throw outside.signal.reason;
    }
    await noteOutcome(outside, connectionId, error instanceof ProviderError ? error : undefined);
    throw error;
  }
}

/** Whether to give up after this many tries. A job waits for a silent provider until its own deadline. */
function exhausted(outside: Outside, error: ProviderError, tries: number): boolean {
  const { retry } = HANDLING[error.class];
  if (retry === 'no') return true;
  if (outside.hurried) return tries >= 3 || error.code === 'circuit_open';
  return (error.class === 'locked' || retry === 'resolve') && tries >= outside.provider(CloudProviders).pace.attempts;
}

const next = (outside: Outside, error: ProviderError, tries: number): Promise<void> =>
  pause(outside, backoff(outside.provider(CloudProviders).pace, tries, error.retryAfterSeconds, Math.random()));

/** A reading call, tried again while that makes sense. Throws Problem. */
export async function ask<T>(outside: Outside, connectionId: string, act: (cloud: CloudProvider) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(outside, connectionId, act);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (exhausted(outside, error, tries)) throw providerProblem(error);
      await next(outside, error, tries);
    }
  }
}

/** Looks for the effect of a call whose answer is not known; undefined when it had none. */
async function look(outside: Outside, mutation: Mutation, looksMs: readonly number[], before: number | null): Promise<Accepted | undefined> {
  for (const ms of looksMs) {
    if (ms > 0) await pause(outside, ms);
    const found = await ask(outside, mutation.connectionId, (cloud) => mutation.find(cloud, before));
    if (found) return found;
  }
  return undefined;
}

/** Refusals that can be the echo of our own earlier try. */
const ECHOES: ReadonlySet<string> = new Set(['conflict', 'state', 'locked', 'not_found']);

/**
 * A mutating call: intent first, then the call; after an unclear end its effect is looked for, and only when there is none is it
 * sent again. Throws Problem.
 */
export async function send(outside: Outside, mutation: Mutation): Promise<Accepted> {
  const { pace } = outside.provider(CloudProviders);
  for (let tries = 1; ; tries += 1) {
    const intent = await noteIntent(outside, mutation, tries);
    try {
      const answer = await once(outside, mutation.connectionId, mutation.act);
      await noteAnswer(outside, intent, 'done', answer);
      return answer;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const unclear = HANDLING[error.class].retry === 'resolve';
      await noteAnswer(outside, intent, unclear ? 'ambiguous' : 'refused', { code: error.code });
      const looks = unclear ? pace.looksMs : tries > 1 && ECHOES.has(error.class) ? [0] : [];
      const found = await look(outside, mutation, looks, mutation.sequenceBefore);
      if (found) {
        await noteAnswer(outside, intent, 'found', found);
        return found;
      }
      if (exhausted(outside, error, tries)) throw providerProblem(error);
      await next(outside, error, tries);
    }
  }
}

/** After a crash: the outcome of a call that may have been sent. Undefined when it was not, or had no effect. */
export async function resumed(outside: Outside, mutation: Mutation): Promise<Accepted | undefined> {
  const last = await lookAt(outside, mutation);
  if (!last) return undefined;
  if ((last.outcome === 'done' || last.outcome === 'found') && last.externalId) return { externalId: last.externalId, action: last.action };
  if (last.outcome === 'refused') return undefined;
  return look(outside, mutation, outside.provider(CloudProviders).pace.looksMs, last.sequenceBefore);
}
