import { csvRow } from '#kernel/csv.ts';
import type { AuditEntryView } from './schemas.ts';

/** In this order for good: new ones come at the end. */
const COLUMNS: [string, (entry: AuditEntryView) => unknown][] = [
  ['time', (entry) => entry.at],
  ['actor', (entry) => entry.actor.name],
  ['email', (entry) => entry.actor.email],
  ['actor_kind', (entry) => entry.actor.kind],
  ['surface', (entry) => entry.surface],
  ['operation', (entry) => entry.operation],
  ['risk', (entry) => entry.risk],
  ['result', (entry) => entry.result],
  ['stage', (entry) => entry.reason?.stage],
  ['code', (entry) => entry.reason?.code],
  ['reason', (entry) => entry.reason?.text],
  ['targets', (entry) => entry.targets.map(({ type, name, id }) => `${type}:${name ?? id}`).join(';')],
  ['comment', (entry) => entry.comment],
  ['change', (entry) => entry.changeId],
  ['decision', (entry) => entry.decisionId],
  ['request', (entry) => entry.requestId],
  ['ip', (entry) => entry.ip],
  ['occurrences', (entry) => entry.occurrences],
  ['id', (entry) => entry.id],
  ['severity', (entry) => entry.severity],
  ['permission', (entry) => entry.permission],
  ['roles', (entry) => entry.roles.join(';')],
  ['environments', (entry) => [...new Set(entry.targets.flatMap(({ environment }) => environment ?? []))].join(';')],
  ['approval', (entry) => entry.approvalId],
  ['approvers', (entry) => entry.approverIds.join(';')],
  ['job', (entry) => entry.jobId],
  ['policies', (entry) => entry.rules.join(';')],
  ['duration_ms', (entry) => entry.durationMs],
];

export const csvHead = (): string => csvRow(COLUMNS.map(([name]) => name));
export const csvLine = (entry: AuditEntryView): string => csvRow(COLUMNS.map(([, read]) => read(entry)));
export const toCsv = (entries: readonly AuditEntryView[]): string => csvHead() + entries.map(csvLine).join('');
