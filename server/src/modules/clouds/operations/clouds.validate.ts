import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { triedValues } from '../credentials.ts';
import { ConfigInput, CONNECTION_KINDS, CredentialInput, environmentName, Validation } from '../schemas.ts';
import { configOf, countValidation, credentialOf, shownTrial, tryOut } from '../validation.ts';

export const cloudsValidate = defineOperation({
  name: 'clouds.validate',
  summary: 'Try a connection out without storing it',
  description: 'Ten times an hour for each user. The answer lists every check, with what to do about those that failed.',
  permission: 'clouds:create',
  // It stores nothing but that it was tried; a write, because it makes calls to a host that the caller names.
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/cloud-providers/validate' },
  input: z.object({
    kind: z.enum(CONNECTION_KINDS).meta({ title: 'Kind' }),
    config: ConfigInput,
    credential: CredentialInput,
    environment: environmentName.nullable().default(null),
  }),
  output: Validation,
  targets: 'none',
  async run(ctx, { kind, config, credential, environment }) {
    await countValidation(ctx);
    const wanted = { kind, config: configOf(kind, config), connectionId: null };
    const values = await triedValues(ctx, 'clouds.validate', credentialOf(kind, credential), { name: `of kind ${kind}`, environment });
    return shownTrial(await tryOut(ctx, { ...wanted, credential: values }));
  },
});
