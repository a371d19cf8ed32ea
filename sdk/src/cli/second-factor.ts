import type { Api } from './api.ts';
import { UsageError } from './exit.ts';
import { ask, note, type Io } from './io.ts';

export interface Challenge {
  status: 'mfa-required';
  challengeId: string;
  factors: readonly string[];
}

/** Six digits are of the app, or of the text message where there is no app; all else is a backup code. */
const factorOf = (code: string, factors: readonly string[]): string => {
  if (!/^\d{6}$/.test(code)) return 'backup';
  return factors.includes('totp') ? 'totp' : 'sms';
};

/** A step of signing in is no command of its own: what is hidden from the command line is open to this. */
const headers = { 'X-Switchyard-Client': 'login' };

/** What is typed for the second step of signing in; `given` is what stood on the command line. */
export async function secondFactor(io: Io, api: Api, { challengeId, factors }: Challenge, given: string | undefined): Promise<object> {
  if (!factors.some((factor) => factor === 'totp' || factor === 'sms' || factor === 'backup'))
    throw new UsageError('the second factor of this account is a passkey, which needs a browser; make an API key there and use --api-key-stdin');
  if (given === undefined && !io.stdin.isTTY)
    throw new UsageError('this account has a second factor: add --code with the six digits or a backup code; scripts better use --api-key-stdin');
  if (given === undefined && !factors.includes('totp') && factors.includes('sms')) {
    await api.request('POST', '/api/v1/auth/mfa/challenge/send', { body: { challengeId }, headers });
    note(io, 'A code was sent to your phone.');
  }
  const code = (given ?? (await ask(io, 'Six-digit code, or a backup code'))).replaceAll(' ', '');
  const body = { challengeId, factor: factorOf(code, factors), code };
  return (await api.request('POST', '/api/v1/auth/mfa/challenge', { body, headers })).body as object;
}
