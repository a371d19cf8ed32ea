import { createHash } from 'node:crypto';
import type { Database } from '#kernel/database.ts';
import { definePort, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Sealer } from '#kernel/seal.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { taint } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { FabricRow } from '../tables.ts';
import { Controllers, type Controller, type NetworkWish } from '../providers/zerotier/port.ts';
import { isCulled } from '../maintaining/standing.ts';
import './problems.ts';
import { members, type ControllerRow } from './tables.ts';
import { and, count, eq } from '#kernel/drizzle.ts';

/** Seals the tokens that are in use. */
export const TokenSealing: Port<Sealer> = definePort<Sealer>('exchange.tokens');

/** What work needs to talk to a controller: that of a Change and that of the clock alike. */
export interface Outside {
  tenantId: string;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
  tx: <T>(work: (ctx: WorkContext) => Promise<T>) => Promise<T>;
}

/** Where the token in use is sealed. */
export const tokenPlace = ({ tenantId, id }: Pick<ControllerRow, 'tenantId' | 'id'>) => ({
  tenantId,
  table: 'exchange_controllers',
  row: id,
  field: 'token',
});

/** Enough to tell one token from another, and of no use to whoever reads it. */
export const markOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);

/** As the secret has it now. */
export async function tokenFromSecret({ provider, tx, tenantId }: Outside, row: ControllerRow): Promise<string> {
  return tx(async ({ db, changeId }) => {
    const actor = { kind: 'system', id: 'exchange', name: 'exchange', ip: null } as const;
    const use = { tenantId, actor, operation: 'exchange.controllers', purpose: `controller "${row.name}"`, changeId };
    const [token] = await provider(SecretReferences).resolve(db, use, [row.tokenReference]);
    return token!.trim();
  });
}

/** The token in use, or that of the secret where none has been taken into use yet. */
export async function tokenInUse(outside: Outside, row: ControllerRow): Promise<string> {
  if (row.token === null) return tokenFromSecret(outside, row);
  const token = await outside.tx(({ db }) => outside.provider(TokenSealing).open(db, tokenPlace(row), row.token!));
  taint(token, `token of controller ${row.name}`, outside.tenantId);
  return token;
}

export const sealToken = (db: Database, { provider }: Pick<Outside, 'provider'>, row: ControllerRow, token: string): Promise<string> =>
  provider(TokenSealing).seal(db, tokenPlace(row), token);

export const openController = (
  { provider, tenantId }: Pick<Outside, 'provider' | 'tenantId'>,
  { kind, baseUrl }: ControllerRow,
  token: string,
): Controller =>
  // prettier-ignore
  provider(Controllers).open(tenantId, { kind, baseUrl, token });

/** Somebody puts it back to a backup: until that has ended nothing else is written to it, nor what it says believed. */
export const isBeingRestored = ({ state, restoringUntil }: Pick<ControllerRow, 'state' | 'restoringUntil'>, now: Date): boolean =>
  state === 'restoring' && restoringUntil !== null && restoringUntil > now;

const FRESH_MS = 10 * 60_000;
const WHY: Readonly<Partial<Record<ControllerRow['state'], (code: string | null) => string>>> = {
  blocked: (code) => `is blocked (${code})`,
  restoring: () => 'is being restored from a backup',
};

/** Nothing is written to a controller that did not pass its last preflight, or not lately. */
export function requireReady({ name, state, blockedCode, remediation, preflightAt }: ControllerRow, now: Date): void {
  const isFresh = preflightAt !== null && now.getTime() - preflightAt.getTime() < FRESH_MS;
  if (state === 'ready' && isFresh) return;
  const why = WHY[state]?.(blockedCode) ?? 'has passed no preflight lately';
  throw new Problem('controller-blocked', `Controller "${name}" ${why}. ${remediation ?? 'Run exchange.controllers.preflight.'}`, {
    code: blockedCode,
    remediation,
  });
}

/** The network under a fabric as it should be. */
export async function wishFor(db: Database, fabric: FabricRow): Promise<NetworkWish> {
  const [found] = await db
    .select({ total: count() })
    .from(members)
    .where(and(eq(members.tenantId, fabric.tenantId), eq(members.fabricId, fabric.id)));
  const culls = await isCulled({ db, tenantId: fabric.tenantId }, fabric.id);
  return {
    name: fabric.name,
    mtu: fabric.mtu,
    // IPv6 finds its neighbours by multicast; ARP needs broadcast.
    broadcast: fabric.ipv4Mode === 'native',
    multicastLimit: Math.max(32, found!.total + 16),
    prefixes: [fabric.ipv6Prefix, ...(fabric.ipv4Mode === 'native' && fabric.ipv4Prefix !== null ? [fabric.ipv4Prefix] : [])],
    culls,
  };
}
