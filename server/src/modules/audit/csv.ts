import type { AuditEntryView } from './schemas.ts';

/** A cell as a spreadsheet reads it (RFC 4180); what it would take for a formula gets an apostrophe in front. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

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
  ['targets', (entry) => entry.targets.map(({ type, name, id }) => `${type}:${name ?? id}`).join(' ')],
  ['comment', (entry) => entry.comment],
  ['change', (entry) => entry.changeId],
  ['decision', (entry) => entry.decisionId],
  ['request', (entry) => entry.requestId],
  ['ip', (entry) => entry.ip],
  ['occurrences', (entry) => entry.occurrences],
];

export const toCsv = (entries: readonly AuditEntryView[]): string =>
  [COLUMNS.map(([name]) => name), ...entries.map((entry) => COLUMNS.map(([, read]) => read(entry)))].map((row) => row.map(csvCell).join(',')).join('\r\n').concat('\r\n'); // prettier-ignore
