import { Problem } from '#kernel/problem.ts';
import { Invalid } from './invalid.ts';
import { DnsServerFault, type FaultKind } from './providers/port.ts';
import './problems.ts';

const SLUG: Record<FaultKind, string> = {
  auth: 'provider-auth-failed',
  unavailable: 'provider-unavailable',
  timeout: 'provider-timeout',
  rejected: 'provider-rejected',
  conflict: 'zone-drifted',
  absent: 'zone-not-served',
  taken: 'zone-exists',
  unknown: 'outcome-unknown',
};

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** A server's fault as people are told of it; anything else as it is. */
const dnsProblem = (error: unknown): unknown =>
  error instanceof DnsServerFault
    ? new Problem(SLUG[error.kind], sentence(error.message), error.kind === 'unavailable' ? { retryAfterSeconds: 30 } : {}, { cause: error })
    : error;

export async function asProblems<T>(talk: () => Promise<T>): Promise<T> {
  try {
    return await talk();
  } catch (error) {
    throw dnsProblem(error);
  }
}

/** What `parse` finds invalid, as a problem with the field it is in. */
export function fieldProblem<T>(pointer: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Problem('record-invalid', sentence(error.message), { errors: [{ pointer, message: error.message }] });
  }
}
