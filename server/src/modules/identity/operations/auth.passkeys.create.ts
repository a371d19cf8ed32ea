import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Passkeys } from '../factors/ports.ts';
import { asAttestation, Attestation, BackupCodes, Label, passkeyView, PasskeyView } from '../factors/schemas.ts';

export const authPasskeysCreate = defineOperation({
  name: 'auth.passkeys.create',
  summary: 'Add a passkey',
  description:
    'What the browser made for the challenge of `auth.passkeys.options`. It signs in by itself when it checks who is using it, and is a second factor in any case.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ response: Attestation, label: Label.min(1) }),
  output: PasskeyView.extend({ backupCodes: BackupCodes.nullable().meta({ help: 'Null when you have some already' }) }),
  targets: 'none',
  async run(ctx, { response, label }) {
    const { passkey, backupCodes } = await ctx.provider(Passkeys).add(selfOf(ctx), asAttestation(response), label);
    announce(ctx, 'auth.passkey_added', { passkeyId: passkey.id, label });
    return { ...passkeyView(passkey), backupCodes };
  },
});
