import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionView, sealedPlace, Sealing, storeCatalog } from '../connection-rows.ts';
import { hintOf, linkSecrets, triedValues } from '../credentials.ts';
import { ConfigInput, Connection, CONNECTION_KINDS, connectionName, CredentialInput, environmentName, syncMinutes } from '../schemas.ts';
import { connections } from '../tables.ts';
import { configOf, credentialOf, requireValid, tryOut, type Trial } from '../validation.ts';

const input = z.object({
  name: connectionName,
  kind: z.enum(CONNECTION_KINDS).meta({ title: 'Kind' }),
  config: ConfigInput,
  credential: CredentialInput,
  environment: environmentName.nullable().default(null),
  syncMinutes: syncMinutes.default(5),
});
type Wish = z.output<typeof input>;

/** The checks run once per call, in the plan, and the handler reads what they found. */
const trialOf = (ctx: ReadContext, { kind, config, credential, ...wish }: Wish): Promise<Trial> =>
  ctx.once('trial', async () => {
    const wanted = { kind, config: configOf(kind, config), connectionId: null };
    const values = await triedValues(ctx, 'clouds.create', credentialOf(kind, credential), wish);
    return tryOut(ctx, { ...wanted, credential: values });
  });

export const cloudsCreate = defineOperation({
  name: 'clouds.create',
  summary: 'Connect a cloud or DNS server',
  description:
    'The connection is tried first and stored only if it works. The credential is sealed and never shown again; a field of it may say `secret://NAME`, and then gets that value at each use.',
  permission: 'clouds:create',
  risk: 'write',
  route: { method: 'POST', path: '/cloud-providers' },
  input,
  output: Connection,
  targets: (_ctx, wish) => [{ type: 'cloud', id: `new/${wish.name}`, name: wish.name, environment: wish.environment }],
  async plan(ctx, wish) {
    const trial = requireValid(await trialOf(ctx, wish));
    const fields = { kind: wish.kind, environment: wish.environment, identity: trial.identity };
    return {
      summary: `Connect ${wish.name} (${wish.kind})`,
      changes: [{ action: 'create', type: 'cloud', name: wish.name, fields: Object.entries(fields).map(([path, after]) => ({ path, after })) }],
      reversible: 'Delete the connection.',
      warnings: trial.warnings,
    };
  },
  async run(ctx, wish) {
    const trial = requireValid(await trialOf(ctx, wish));
    const id = newId();
    const at = ctx.now();
    const credential = credentialOf(wish.kind, wish.credential);
    const hint = hintOf(credential);
    const [row] = await ctx.db
      .insert(connections)
      .values({
        tenantId: ctx.tenantId,
        id,
        name: wish.name,
        kind: wish.kind,
        config: configOf(wish.kind, wish.config),
        credential: credential && (await ctx.provider(Sealing).seal(ctx.db, sealedPlace(ctx.tenantId, id), JSON.stringify(credential))),
        credentialHint: hint,
        credentialSetAt: hint === null ? null : at,
        environment: wish.environment,
        status: 'active',
        identity: trial.identity,
        syncMinutes: wish.syncMinutes,
        createdBy: ctx.actor.id,
        createdAt: at,
        updatedAt: at,
      })
      .returning()
      .catch((error: unknown) => {
        if (isUniqueViolation(error, 'cloud_connections_name'))
          throw new Problem('name-conflict', `There is a connection "${wish.name}" already. Choose another name.`, { taken: [wish.name] });
        throw error;
      });
    await linkSecrets(ctx, row!, credential);
    if (trial.catalog) await storeCatalog(ctx, id, trial.catalog, at);
    ctx.emit('cloud.created', { id, name: wish.name, kind: wish.kind });
    return connectionView(row!);
  },
});
