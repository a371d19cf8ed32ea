import { TooLate, TooMuch } from '#kernel/outbound-http.ts';
import { SqlFault } from '#kernel/outbound-postgres.ts';
import { Unequipped } from '#kernel/outbound-ping.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import { NodeError } from '../nodes/declare.ts';

/** What went wrong outside, in the words of records (workflows.md 9.5). Whatever is none of it is thrown on as it is. */
export function asNodeError(error: unknown, transport = 'http-transport'): unknown {
  if (error instanceof Forbidden) return new NodeError('egress-denied', 'egress', error.message);
  if (error instanceof Unequipped) return new NodeError('ping-unavailable', 'config', error.message);
  if (error instanceof TooMuch) return new NodeError('output-too-large', 'limit', error.message);
  if (error instanceof TooLate) return new NodeError('node-timeout', 'timeout', error.message);
  if (error instanceof SqlFault) return sqlError(error);
  if (error instanceof Unreachable) return new NodeError(transport, 'transient', error.message, { cause: error });
  return error;
}

/** Where SQLSTATE does not tell them apart (MySQL Server Error Reference): a lock that was not had in time; rights on a database, a table, a column, a routine. */
const BY_NUMBER: ReadonlyMap<number, 'transient' | 'auth'> = new Map([
  [1205, 'transient'], [1044, 'auth'], [1142, 'auth'], [1143, 'auth'], [1227, 'auth'], [1370, 'auth'],
]); // prettier-ignore

/** Serialization failures and deadlocks pass by themselves; wrong names and values do not. */
function sqlError({ code, message, number = 0 }: SqlFault): NodeError {
  const kind = BY_NUMBER.get(number) ?? (code === '40001' || code === '40P01' ? 'transient' : code.startsWith('28') || code === '42501' ? 'auth' : code.startsWith('23') ? 'conflict' : 'validation');
  return new NodeError('sql-error', kind, message, { details: { code, ...(number === 0 ? {} : { number }) } });
} // prettier-ignore

/** Runs `act`; what fails outside is thrown as a node's error. */
export async function outside<T>(act: () => Promise<T>, transport?: string): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw asNodeError(error, transport);
  }
}
