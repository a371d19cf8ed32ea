import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';

const STEP = 30_000;
/** Codes of the step before and after now are taken as well. */
const AHEAD = STEP;

/** An authenticator app that was given a secret in base32. It shows no code twice, since none is taken twice. */
export function authenticatorApp(secret: string) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/\s/g, '')), digits: 6, period: 30, algorithm: 'SHA1' });
  const at = (step: number): string => totp.generate({ timestamp: step * STEP });
  let last = 0;
  return {
    /** The next code that has not been used; waits for its time, half a minute at most. */
    async code(): Promise<string> {
      const step = Math.max(last + 1, Math.floor(Date.now() / STEP));
      last = step;
      const early = step * STEP - AHEAD - Date.now();
      if (early > 0) await new Promise((done) => setTimeout(done, early + 50));
      return at(step);
    },
    /** The one it gave before. */
    lastCode: (): string => at(last),
    /** Six digits that are not the code of any step near now. */
    wrong(): string {
      const now = Math.floor(Date.now() / STEP);
      const near = new Set([-2, -1, 0, 1, 2, 3].map((steps) => at(now + steps)));
      return ['000000', '111111', '222222', '333333', '444444', '555555', '666666'].find((code) => !near.has(code))!;
    },
  };
}
export type AuthenticatorApp = ReturnType<typeof authenticatorApp>;

/** A device in this page that makes and keeps passkeys, and asks its owner nothing. Gone with the page. */
export async function deviceWithPasskeys(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    passkeys: async (): Promise<{ rpId?: string; signCount: number; isResidentCredential: boolean }[]> =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}
