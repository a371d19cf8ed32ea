import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireMayAdd, selfOf } from '../factors/own.ts';
import { Enrolment } from '../factors/ports.ts';
import { Password } from '../factors/schemas.ts';

export const authMfaTotpSetup = defineOperation({
  name: 'auth.mfa.totp.setup',
  summary: 'Begin to set up an authenticator app',
  description:
    'The secret waits ten minutes for its first code (`auth.mfa.totp.verify`); until then nothing changes. Needs the password or a proof of the last 15 minutes; who has a second factor already proves that.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/mfa/totp/setup' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ password: Password.optional() }),
  output: z.object({
    factorId: z.uuid(),
    otpauthUri: z.string().meta({ secret: true }),
    secret: z.string().meta({ secret: true, help: 'Base32, for apps that cannot scan' }),
    qrSvg: z.string().meta({ secret: true, help: 'The same as a QR code' }),
    expiresAt: z.iso.datetime(),
  }),
  targets: 'none',
  async run(ctx, { password }) {
    const self = selfOf(ctx);
    await requireMayAdd(ctx, self, password);
    const { expiresAt, ...setup } = await ctx.provider(Enrolment).beginTotp(self);
    return { ...setup, expiresAt: expiresAt.toISOString() };
  },
});
