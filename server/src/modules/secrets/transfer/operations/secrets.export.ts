import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, count, eq, gt, min, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Vault } from '../../providers/port.ts';
import { secretTarget } from '../../rows.ts';
import { environment, project } from '../../schemas.ts';
import type { SecretRow } from '../../tables.ts';
import { openValues } from '../../variables/values.ts';
import { archiveOf } from '../archive.ts';
import { chosenRows, MOST, sheetsOf } from '../chosen.ts';
import { FORMATS } from '../guess.ts';
import { Archives, Audience } from '../port.ts';
import { secretExports } from '../tables.ts';

const MINUTES = 5;
const PER_HOUR = 5;
const HOUR = 3_600_000;
const LARGEST = 8 * 1024 * 1024;

const input = z.object({
  project: project.nullable().optional().meta({ title: 'Project', help: 'Null: what belongs to the whole workspace. All when left out' }),
  environment: environment.nullable().optional().meta({ title: 'Environment', help: 'Null: what is for every environment. All when left out' }),
  names: z.array(z.string().max(64)).min(1).max(MOST).optional().meta({ title: 'Names', help: 'All when left out' }),
  format: z.enum(FORMATS).default('env').meta({ title: 'Format' }),
  passphrase: z
    .string()
    .min(12)
    .max(128)
    .meta({ title: 'Passphrase', help: 'Opens the file; it is not kept, and nobody can find it out again', secret: true, widget: 'secret', examples: ['several words that you keep'] }),
  reason: z.string().trim().min(5).max(500).meta({ title: 'Reason', help: 'Owners are told', examples: ['Moving the shop to another account'] }),
}); // prettier-ignore
type Wish = z.output<typeof input>;

const digestOf = (rows: readonly SecretRow[]): string => createHash('sha256').update(rows.map(({ id }) => id).join()).digest('hex'); // prettier-ignore

const rowsOf = (ctx: ReadContext, wish: Wish): Promise<SecretRow[]> => ctx.once('chosen', () => chosenRows(ctx, wish));

/** Throws when the hour is used up. Those who export take turns, so that the count holds. */
async function requireTurn({ db, tenantId, now }: ReadContext): Promise<void> {
  const since = new Date(now().getTime() - HOUR);
  const recent = and(eq(secretExports.tenantId, tenantId), gt(secretExports.createdAt, since));
  const [found] = await db
    .select({ made: count(), first: min(secretExports.createdAt) })
    .from(secretExports)
    .where(recent);
  if (!found || found.made < PER_HOUR) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((found.first!.getTime() + HOUR - now().getTime()) / 1000));
  throw new Problem('rate-limited', `Secrets of a tenant are exported at most ${PER_HOUR} times in an hour.`, { retryAfterSeconds });
}

/** Who had which value is written down before there is anything to hand out. */
async function valuesOf(ctx: Context, rows: readonly SecretRow[], reason: string): Promise<string[]> {
  const values = await openValues(ctx, rows, LARGEST);
  const use = { actor: ctx.actor, operation: 'secrets.export', purpose: `export: ${reason}`, changeId: ctx.changeId };
  const accesses = rows.map((secret) => ({ secret, version: secret.currentVersion, result: 'success' as const }));
  await ctx.provider(Vault).log(use, accesses);
  return values;
}

export const secretsExport = defineOperation({
  name: 'secrets.export',
  summary: 'Export secrets into an encrypted file',
  description: `A ZIP file, encrypted with AES-256 under your passphrase, with one file for each project and environment. It can be fetched once, within ${MINUTES} minutes, by whoever asked for it (\`secrets.exports.download\`). Owners are told. At most ${PER_HOUR} in an hour.`,
  permission: 'secrets:export',
  risk: 'high',
  stepUp: 300,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/secrets/export' },
  input,
  output: z.object({
    id: z.string(),
    filename: z.string(),
    format: z.enum(FORMATS),
    count: z.int(),
    bytes: z.int(),
    sha256: z.string(),
    path: z.string().meta({ help: 'Where it is fetched, once' }),
    expiresAt: z.string(),
  }),
  targets: async (ctx, wish) => (await rowsOf(ctx, wish)).map(secretTarget),
  async plan(ctx, wish) {
    await requireTurn(ctx);
    const rows = await rowsOf(ctx, wish);
    return {
      summary: `Export ${rows.length} ${rows.length === 1 ? 'value' : 'values'} into an encrypted file`,
      changes: rows.slice(0, 200).map(({ kind, id, name }) => ({ action: 'none', type: kind, id, name })),
      warnings: ['Whoever has the file and its passphrase has the values, for as long as they are not replaced.'],
      // All of them, though not all are shown: what comes meanwhile is not what somebody agreed to.
      observed: { exported: digestOf(rows) },
      facts: { exported: rows.length },
    };
  },
  async run(ctx, wish) {
    await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`secret exports:${ctx.tenantId}`}, 0))`);
    await requireTurn(ctx);
    const rows = await rowsOf(ctx, wish);
    const at = ctx.now();
    const archive = await archiveOf(sheetsOf(rows, await valuesOf(ctx, rows, wish.reason)), wish.format, wish.passphrase, at);
    const id = newId();
    const facts = {
      id,
      filename: `secrets-${ctx.actor.tenantSlug || 'tenant'}-${at.toISOString().slice(0, 10)}-${id.slice(-6)}.zip`,
      format: wish.format,
      count: rows.length,
      bytes: archive.length,
      sha256: createHash('sha256').update(archive).digest('hex'),
    };
    const expiresAt = new Date(at.getTime() + MINUTES * 60_000);
    const sealed = await ctx.provider(Archives).seal(ctx.db, { tenantId: ctx.tenantId, id }, archive);
    const by = { requestedBy: ctx.actor.id, requestedByName: ctx.actor.name };
    await ctx.db.insert(secretExports).values({ tenantId: ctx.tenantId, ...facts, sealed, reason: wish.reason, changeId: ctx.changeId, ...by, expiresAt, createdAt: at, updatedAt: at }); // prettier-ignore
    const recipients = await ctx.provider(Audience).owners(ctx.db, ctx.tenantId);
    ctx.emit('secret.exported', { exportId: id, count: rows.length, format: wish.format, reason: wish.reason, requesterId: ctx.actor.id, requester: ctx.actor.name, recipients }); // prettier-ignore
    return { ...facts, path: `/api/v1/secrets/exports/${id}/file`, expiresAt: expiresAt.toISOString() };
  },
});
