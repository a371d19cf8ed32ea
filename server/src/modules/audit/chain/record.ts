import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/ids.ts';
import type { AuditRow } from '../tables.ts';

/** An entry as it is hashed and exported: every column, times as RFC 3339 in UTC. */
export type EntryRecord = Omit<AuditRow, 'at'> & { at: string };
export const recordOf = (row: AuditRow): EntryRecord => ({ ...row, at: row.at.toISOString() });

const names: readonly (keyof EntryRecord)[] = [
  'actorEmail', 'actorId', 'actorKind', 'actorName', 'approvalId', 'approverIds', 'at', 'changeId', 'comment', 'credentialId', 'decisionId', 'durationMs',
  'grantId', 'id', 'inputHash', 'ip', 'jobId', 'kept', 'occurrences', 'operation', 'permission', 'reason', 'requestId', 'result', 'risk', 'roles', 'rules',
  'sensitive', 'surface', 'targets', 'tenantId', 'timings',
]; // prettier-ignore

/** Canonical JSON (sorted names, no spaces) of a record. Its own names are in order here already, which is what makes it fast. */
export function canonicalRecord(record: EntryRecord): string {
  let text = '';
  for (const name of names) {
    const value = record[name];
    text += `${text === '' ? '{' : ','}"${name}":${typeof value === 'object' && value !== null ? canonicalJson(value) : JSON.stringify(value)}`;
  }
  return `${text}}`;
}

/** SHA-256 of the canonical JSON of an entry. */
export const contentHash = (record: EntryRecord): Buffer => createHash('sha256').update(canonicalRecord(record)).digest();
