import { z } from 'zod';
import { zoneOf } from './values.ts';

/** The four-rule file that came before policy sets: `policies:` with a scope, and a limit or a span of hours. It loads unchanged. */
const rule = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'must begin with a letter and have 2 to 63 of a-z, 0-9 and -'),
  type: z.enum(['approval-required', 'require-comment', 'rate-limit', 'time-window']),
  scope: z.string().min(1),
  limit: z.int().min(0).optional(),
  deny: z.string().optional(),
  description: z.string().max(1_024).optional(),
});
export const ShortForm = z.strictObject({ policies: z.array(rule).min(1).max(500) });
type Rule = z.output<typeof rule>;

export const isShortForm = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'policies' in content && !('apiVersion' in content) && !('spec' in content);

export interface Trouble {
  path: (string | number)[];
  message: string;
  severity: 'error' | 'warning';
}

/** Tiers of tools, as they were called, by risk. */
const TIERS: Readonly<Record<string, string>> = {
  fundamental: 'read',
  advanced: 'write',
  professional: 'high',
  read: 'read',
  write: 'write',
  high: 'high',
};
const CHANGES = ['write', 'high'];

const SCOPES: Readonly<Record<string, (value: string) => object | undefined>> = {
  environment: (value) => ({ environments: [value] }),
  tier: (value) => (Object.hasOwn(TIERS, value) ? { risk: [TIERS[value]!] } : undefined),
  user: (value) => (value === '*' ? {} : { users: [value] }),
  role: (value) => ({ roles: [value] }),
};

function matchOf(scope: string): { match?: object; message?: string } {
  let match: object = { risk: CHANGES };
  for (const part of scope.split(',').map((one) => one.trim())) {
    const [name = '', value = ''] = part.split('=').map((one) => one.trim());
    const fields = Object.hasOwn(SCOPES, name) && value !== '' ? SCOPES[name]!(value) : undefined;
    if (!fields)
      return { message: `"${part}" is not a scope: environment=<name>, tier=fundamental|advanced|professional, user=<id or *> or role=<key>` };
    match = { ...match, ...fields };
  }
  return { match };
}

const DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SPAN = /^([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})(?:\s+(\S+))?$/i;

/** `Mon-Fri 08:00-18:00 EST` as a time window. */
function windowOf(span: string): { timeWindow?: object; message?: string; warning?: string } {
  const [, first = '', last = first, from, to, zoneName = 'UTC'] = SPAN.exec(span.trim()) ?? [];
  const [start, end] = [DAY.indexOf(first.toLowerCase()), DAY.indexOf((last || first).toLowerCase())];
  const zone = zoneOf(zoneName);
  if (start < 0 || end < 0 || from === undefined) return { message: 'must be days, hours and a zone, such as Mon-Fri 08:00-18:00 America/New_York' };
  if (!zone) return { message: `"${zoneName}" is not a time zone; use a name such as America/New_York` };
  const days = start <= end ? DAY.slice(start, end + 1) : [...DAY.slice(start), ...DAY.slice(0, end + 1)];
  return { timeWindow: { mode: 'deny', timezone: zone.zone, windows: [{ days, from, to }] }, ...(zone.warning && { warning: zone.warning }) };
}

/** Fields of a rule that its type does not know would be silently without effect. */
function stray({ type, limit, deny }: Rule): string | undefined {
  if (limit !== undefined && type !== 'rate-limit') return 'limit';
  return deny !== undefined && type !== 'time-window' ? 'deny' : undefined;
}

function blockOf(one: Rule, at: number, troubles: Trouble[]): object {
  const error = (field: string, message: string): object => (troubles.push({ path: ['policies', at, field], message, severity: 'error' }), {});
  const strayed = stray(one);
  if (strayed) return error(strayed, `does not belong to a rule of type ${one.type}`);
  if (one.type === 'approval-required') return { approval: { scopeApprovers: true, count: 1 } };
  if (one.type === 'require-comment') return { comment: { minLength: 1 } };
  if (one.type === 'rate-limit') {
    if (one.limit === undefined) return error('limit', 'is required: how many changes in 24 h');
    return { rateLimit: { limit: one.limit, window: '24h', key: ['user'], onExceeded: 'policy-denied' } };
  }
  if (one.deny === undefined) return error('deny', 'is required: days, hours and a zone, such as Mon-Fri 08:00-18:00 America/New_York');
  const { timeWindow, message, warning } = windowOf(one.deny);
  if (warning) troubles.push({ path: ['policies', at, 'deny'], message: warning, severity: 'warning' });
  return timeWindow ? { timeWindow } : error('deny', message!);
}

/** The short form spelt out as a document. Its rules bind changes (write and high), as they did; it needs no tests. */
export function spellOut({ policies }: z.output<typeof ShortForm>): { document: object; troubles: Trouble[] } {
  const troubles: Trouble[] = [];
  const written = policies.map((one, at) => {
    const { match, message } = matchOf(one.scope);
    if (message) troubles.push({ path: ['policies', at, 'scope'], message, severity: 'error' });
    const text = one.description === undefined ? {} : { message: one.description };
    return { id: one.name, type: one.type, match: match ?? {}, ...text, ...blockOf(one, at, troubles) };
  });
  return { document: { apiVersion: 'switchyard/v1', kind: 'PolicySet', metadata: { name: 'imported' }, spec: { requireTests: false, policies: written } }, troubles };
} // prettier-ignore
