import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';

/** RFC 6238 as every authenticator app reads it: SHA-1, six digits, 30 seconds, 160 bits (RFC 4226 4). */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps before and after the present one that are accepted, for clocks that are off. */
const WINDOW = 1;

export const newTotpSecret = (): Buffer => randomBytes(20);

const totpOf = (secret: Uint8Array, more: { issuer?: string; label?: string } = {}): TOTP =>
  // Copied: the bytes may be a view into a larger buffer.
  new TOTP({ ...PARAMETERS, ...more, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });

export interface TotpSetup {
  otpauthUri: string;
  /** Base32, for typing in. */
  secret: string;
  qrSvg: string;
}

/** What an authenticator app is set up with. */
export function totpSetup(secret: Uint8Array, issuer: string, email: string): TotpSetup {
  const totp = totpOf(secret, { issuer, label: email });
  const otpauthUri = totp.toString();
  return { otpauthUri, secret: totp.secret.base32, qrSvg: renderSVG(otpauthUri, { ecc: 'M', border: 2 }) };
}

/** The time step whose code this is, if it is one of those that count now and comes after `lastStep`. */
export function totpStep(secret: Uint8Array, code: string, lastStep: number | null, at: Date): number | undefined {
  const totp = totpOf(secret);
  const timestamp = at.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  if (delta === null) return undefined;
  const step = totp.counter({ timestamp }) + delta;
  return lastStep === null || step > lastStep ? step : undefined;
}
