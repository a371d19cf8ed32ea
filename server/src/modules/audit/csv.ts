import type { AuditEntryView } from './schemas.ts';

/** A cell as a spreadsheet reads it (RFC 4180); what it would take for a formula gets an apostrophe in front. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

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

const line = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;
export const csvHead = (): string => line(COLUMNS.map(([name]) => name));
export const csvLine = (entry: AuditEntryView): string => line(COLUMNS.map(([, read]) => read(entry)));
export const toCsv = (entries: readonly AuditEntryView[]): string => csvHead() + entries.map(csvLine).join('');
