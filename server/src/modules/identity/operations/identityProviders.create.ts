import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { sealedPlace } from '../federation/directory.ts';
import { ClientSecrets } from '../federation/port.ts';
import { PRESETS } from '../federation/presets.ts';
import { differences, keyTaken, requireSound, targetOf, view, warningsOf } from '../federation/provider-rows.ts';
import { fields, IdentityProvider, Key, PresetName } from '../federation/provider-schemas.ts';
import { identityProviders } from '../federation/tables.ts';

const input = z.object({
  key: Key,
  preset: PresetName,
  name: fields.name,
  issuer: fields.issuer,
  clientId: fields.clientId,
  clientSecret: fields.clientSecret.default(null),
  scopes: fields.scopes.optional(),
  audience: fields.audience.default(null),
  prompt: fields.prompt.default(null),
  maxAge: fields.maxAge.default(null),
  acrValues: fields.acrValues.default([]),
  groupsClaim: fields.groupsClaim.optional(),
  roleMapping: fields.roleMapping.default([]),
  jitProvisioning: fields.jitProvisioning.default(false),
  trustMfa: fields.trustMfa.default(false),
  trustEmail: fields.trustEmail.default(false),
  allowedAlgorithms: fields.allowedAlgorithms.optional(),
  clockSkewSeconds: fields.clockSkewSeconds.default(60),
  enabled: fields.enabled.default(true),
});

/** With what the preset says where the wish says nothing. */
function rowOf({ clientSecret: _, scopes, groupsClaim, allowedAlgorithms, ...wish }: z.output<typeof input>) {
  const preset = PRESETS[wish.preset];
  return {
    ...wish,
    scopes: scopes ?? preset.scopes,
    groupsClaim: groupsClaim ?? preset.groupsClaim,
    allowedAlgorithms: allowedAlgorithms ?? [...preset.algorithms],
  };
}

export const identityProvidersCreate = defineOperation({
  name: 'identityProviders.create',
  summary: 'Let people sign in through an identity provider of the organisation',
  description:
    'OpenID Connect, authorisation code with PKCE. The secret is sealed and never shown again. Nobody maps a group to a role that they could not give themselves.',
  permission: 'identityProviders:write',
  risk: 'high',
  input,
  output: IdentityProvider,
  targets: (_ctx, { key, name }) => [targetOf({ id: `new/${key}`, name })],
  async plan(ctx, wish) {
    const row = rowOf(wish);
    await requireSound(ctx, row);
    return {
      summary: `Let people sign in through ${wish.name} (${wish.issuer})`,
      changes: [
        {
          action: 'create',
          type: 'identityProvider',
          name: wish.name,
          fields: differences(undefined, row, wish.clientSecret === null ? undefined : 'set'),
        },
      ],
      warnings: warningsOf(row),
      reversible: 'Delete the provider.',
    };
  },
  async run(ctx, wish) {
    const row = rowOf(wish);
    await requireSound(ctx, row);
    const { tenantId, db } = ctx;
    const id = newId();
    const at = ctx.now();
    const secret = wish.clientSecret;
    const clientSecretSealed = secret === null ? null : await ctx.provider(ClientSecrets).seal(db, sealedPlace(tenantId, id), secret);
    const [made] = await db
      .insert(identityProviders)
      .values({ ...row, tenantId, id, clientSecretSealed, createdAt: at, updatedAt: at })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? keyTaken(wish.key) : error;
      });
    ctx.emit('identityProvider.created', { id, key: wish.key, name: wish.name, issuer: wish.issuer });
    return view(ctx, made!);
  },
});
