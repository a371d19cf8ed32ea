import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

export const RESULTS = ['success', 'failure', 'denied', 'pending', 'error'] as const;
export const SEVERITIES = ['info', 'notice', 'warning', 'critical'] as const;
/** Filters that stand behind “more”, by their names in the address. */
export const MORE = ['text', 'resource', 'environment', 'ip', 'request'] as const;
export const RISKS = ['read', 'write', 'high'] as const;
/** Time ranges that end now, in hours. */
export const RANGES = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 } as const;
export type Range = keyof typeof RANGES;

/** What of the audit log is shown, as it stands in the address. */
export interface AuditSearch {
  q?: string;
  actor?: string;
  operation?: string;
  result?: (typeof RESULTS)[number];
  risk?: (typeof RISKS)[number];
  severity?: (typeof SEVERITIES)[number];
  /** Words of the reason, each of which must occur. */
  text?: string;
  resource?: string;
  environment?: string;
  ip?: string;
  request?: string;
  target?: string;
  change?: string;
  range?: Range;
  /** RFC 3339; when given, `range` does not count. */
  from?: string;
  to?: string;
  /** Id of the entry that is open. */
  open?: string;
}

const moment = (raw: unknown): string | undefined => {
  const text = textOf(raw, 40);
  return text !== undefined && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined;
};

export const auditSearch = (raw: RawSearch): AuditSearch =>
  compact<AuditSearch>({
    q: textOf(raw['q'], 100),
    actor: textOf(raw['actor'], 64),
    operation: textOf(raw['operation'], 100),
    result: oneOf(RESULTS, raw['result']),
    risk: oneOf(RISKS, raw['risk']),
    severity: oneOf(SEVERITIES, raw['severity']),
    text: textOf(raw['text'], 128),
    resource: textOf(raw['resource'], 128),
    environment: textOf(raw['environment'], 50),
    ip: textOf(raw['ip'], 45),
    request: textOf(raw['request'], 128),
    target: textOf(raw['target'], 128),
    change: textOf(raw['change'], 64),
    range: oneOf(Object.keys(RANGES) as Range[], raw['range']),
    from: moment(raw['from']),
    to: moment(raw['to']),
    open: textOf(raw['open'], 64),
  });

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * The list's parameters. A range becomes a moment cut to the minute, so that the same view asks the same question for a minute.
 * The server takes texts of two letters and more; a single one is no filter yet.
 */
export function auditQuery({ q, text, actor, target, change, request, range, from, to, open: _open, ...same }: AuditSearch, now: number): Query {
  const begin = range && !from && !to ? new Date(Math.floor((now - RANGES[range] * HOUR) / MINUTE) * MINUTE).toISOString() : from;
  return {
    ...same,
    q: q && q.length >= 2 ? q : undefined,
    text: text && text.length >= 2 ? text : undefined,
    requestId: request,
    actorId: actor,
    targetId: target,
    changeId: change,
    from: begin,
    to,
  };
}

export const isFiltered = ({ open: _, ...filters }: AuditSearch): boolean => Object.keys(filters).length > 0;
