import { z } from 'zod';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { Problem } from '#kernel/problem.ts';
import { maskedIp } from '../network.ts';
import { MAX_BYTES } from '../password-rules.ts';
import { describeAgent } from '../agents.ts';
import type { TrustedDevice } from './device-store.ts';
import type { Passkey } from './passkey-store.ts';
import type { FactorRow, FactorStatus } from './ports.ts';
import type { Answer } from './verify.ts';

export const Password = z
  .string()
  .min(1)
  .refine((password) => Buffer.byteLength(password) <= MAX_BYTES, 'At most 1,024 bytes')
  .meta({ title: 'Password', widget: 'password', secret: true });
export const SixDigits = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'Six digits')
  .meta({ title: 'Code', help: 'Six digits', secret: true, examples: ['123456'] });
export const Label = z
  .string()
  .trim()
  .max(60)
  .regex(/^\P{Cc}*$/u, 'No control characters')
  .meta({ title: 'Name', examples: ['Phone', 'YubiKey'] });
export const ChallengeId = z
  .string()
  .regex(/^[\w-]{43}$/, 'Not a challenge')
  .meta({ title: 'Challenge', examples: ['Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk'] });
export const Factor = z.enum(['totp', 'sms', 'webauthn', 'backup']);
export const BackupCodes = z.array(z.string().meta({ secret: true })).meta({ help: 'Shown in this answer and never again' });
export const Sent = z.object({ status: z.literal('sent'), resendAfterSeconds: z.int(), phone: z.string().optional().meta({ help: 'Most of it hidden' }) }); // prettier-ignore

const base64url = (most: number) => z.string().max(most).regex(/^[\w-]*$/, 'Not base64url'); // prettier-ignore
const credential = { id: base64url(1400), rawId: base64url(1400), type: z.literal('public-key'), clientExtensionResults: z.record(z.string(), z.json()).default({}) }; // prettier-ignore
/** What `navigator.credentials.get()` answered, as `toJSON()` gives it (WebAuthn level 3). */
export const Assertion = z
  .object({
    ...credential,
    response: z.object({ clientDataJSON: base64url(4000), authenticatorData: base64url(4000), signature: base64url(8000), userHandle: base64url(100).optional() }), // prettier-ignore
  })
  .meta({ title: 'Passkey', widget: 'passkey' });
/** What `navigator.credentials.create()` answered. */
export const Attestation = z
  .object({
    ...credential,
    response: z.object({ clientDataJSON: base64url(4000), attestationObject: base64url(40_000), transports: z.array(z.string().max(20)).max(8).default([]) }), // prettier-ignore
  })
  .meta({ title: 'Passkey', widget: 'passkey' });
/** Hand it to `navigator.credentials` as it is. */
export const WebauthnOptions = z.looseObject({ challenge: z.string() });

// What is optional in JSON may be absent for the library, never undefined.
export const asAssertion = (response: z.output<typeof Assertion>): AuthenticationResponseJSON => response as AuthenticationResponseJSON;
export const asAttestation = (response: z.output<typeof Attestation>): RegistrationResponseJSON => response;

const missing = (field: string, message: string): Problem =>
  new Problem('validation-failed', message, { errors: [{ pointer: `/${field}`, message }] });

interface Given {
  factor: z.output<typeof Factor>;
  code?: string | undefined;
  response?: z.output<typeof Assertion> | undefined;
}
/** A passkey answers with `response`, all else with `code`. Throws `validation-failed`. */
export function answerOf({ factor, code, response }: Given): Answer {
  if (factor === 'webauthn') {
    if (!response) throw missing('response', 'A passkey answers with `response`');
    return { factor, response: asAssertion(response) };
  }
  if (code === undefined) throw missing('code', 'Type the code');
  return { factor, code };
}
export const passwordOf = (password: string | undefined): string => {
  if (password === undefined) throw missing('password', 'Type your password');
  return password;
};

const FactorView = z.object({
  id: z.uuid(),
  kind: z.enum(['totp', 'sms', 'webauthn']),
  label: z.string(),
  verifiedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export const factorView = ({ verifiedAt, lastUsedAt, ...rest }: FactorRow): z.input<typeof FactorView> => ({
  ...rest,
  verifiedAt: verifiedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
export const Status = z.object({
  factors: z.array(FactorView),
  backupCodesLeft: z.int(),
  demanded: z.enum(['no', 'grace', 'now']).meta({ help: 'Whether the tenant, or a role of yours in it, asks for a second factor' }),
  graceEndsAt: z.iso.datetime().nullable(),
  phone: z.object({ masked: z.string(), verified: z.boolean() }).nullable(),
});
export const statusView = ({ factors, demand, ...rest }: FactorStatus): z.input<typeof Status> => ({
  ...rest,
  factors: factors.map(factorView),
  demanded: demand.demanded,
  graceEndsAt: demand.graceEndsAt?.toISOString() ?? null,
});

export const PasskeyView = z.object({
  id: z.uuid(),
  label: z.string(),
  backedUp: z.boolean().meta({ help: 'Kept in the cloud of its maker, so that it outlives the device' }),
  transports: z.array(z.string()),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export const passkeyView = ({ id, label, backedUp, transports, createdAt, lastUsedAt }: Passkey): z.input<typeof PasskeyView> => ({
  id,
  label,
  backedUp,
  transports,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

export const Device = z.object({
  id: z.uuid(),
  device: z.string(),
  ip: z.string().nullable().meta({ help: 'The last part is hidden' }),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  trustedUntil: z.iso.datetime(),
});
export const deviceView = ({ id, agent, ip, createdAt, lastUsedAt, trustedUntil }: TrustedDevice): z.input<typeof Device> => ({
  id,
  device: describeAgent(agent),
  ip: maskedIp(ip),
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  trustedUntil: trustedUntil.toISOString(),
});
