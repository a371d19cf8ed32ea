import type { Linked, Stretch } from '../chain/read.ts';
import { severityOf } from '../query.ts';
import type { Severity } from '../schemas.ts';

/** Milliseconds until the next attempt after so many failures in a row: 5 s, doubled each time, at most five minutes. */
export const backoff = (failures: number): number => Math.min(300_000, 5_000 * 2 ** Math.min(10, Math.max(0, failures - 1)));

/** How far a stretch has come: the cursor and how many were gone, where only the first `arrived` entries have. */
export function progress({ entries, through, trimmed, missing }: Stretch, arrived: number): { cursor: number; gone: number } | undefined {
  if (arrived === entries.length) return { cursor: through, gone: trimmed + missing.length };
  const last = entries[arrived - 1];
  return last && { cursor: last.seq, gone: trimmed + missing.filter((seq) => seq < last.seq).length };
}

/** Failures in a row after which it is said. */
export const SAID_AFTER = 3;

/** Private enterprise number of what we add to syslog messages: the one that is for documentation and examples (RFC 5612), as we have none. */
const ENTERPRISE = 32473;
const SD_ID = `switchyard@${ENTERPRISE}`;

/** RFC 5424, 6.2.1. */
const SYSLOG: Record<Severity, number> = { critical: 2, warning: 4, notice: 5, info: 6 };

/** Pure ASCII: what is not is escaped as JSON has it, so that no receiver has to guess an encoding (RFC 5424, 6.4). */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const param = (name: string, value: string | number): string => ` ${name}="${String(value).replaceAll(/["\\\]]/g, '\\$&')}"`;

/** A name within a message: printable ASCII without spaces, cut off where the standard does. */
const word = (text: string, most: number): string => text.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, most) || '-';

/** One message of RFC 5424: when, from where, what, its place in the chain as structured data, and the whole entry as JSON. */
export function syslogMessage({ seq, hash, entry }: Linked, facility: number, host: string): string {
  const priority = facility * 8 + SYSLOG[severityOf(entry)];
  const data = `[${SD_ID}${param('seq', seq)}${param('hash', hash)}${param('tenant', entry.tenantId)}${param('id', entry.id)}${param('result', entry.result)}]`;
  return `<${priority}>1 ${entry.at} ${word(host, 255)} switchyard - ${word(entry.operation, 32)} ${data} ${asciiJson(entry)}`;
}

/** A message of no entry, to see whether one arrives. */
export const testMessage = (at: Date, facility: number, host: string): string =>
  `<${facility * 8 + SYSLOG.info}>1 ${at.toISOString()} ${word(host, 255)} switchyard - audit.streams.test [${SD_ID}${param('test', 'true')}] {"test":true}`;

/** Octet counting (RFC 6587, 3.4.1; RFC 5425, 4.3): whatever is in a message, where it ends is known. */
export const frame = (message: string): string => `${Buffer.byteLength(message)} ${message}`;

/** What a body may weigh in bytes, unless one entry alone is heavier. */
const BODY = 262_144;

/** As many entries from the first on as one body holds; at least one. */
export function fitting(entries: readonly Linked[]): Linked[] {
  let bytes = 0;
  const found: Linked[] = [];
  for (const one of entries) {
    bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
    if (found.length > 0 && bytes > BODY - 1_024) break;
    found.push(one);
  }
  return found;
}
