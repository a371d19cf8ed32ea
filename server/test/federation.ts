import { generateKeyPairSync } from 'node:crypto';
import type { FederationOptions } from '#modules/identity/federation/wire.ts';
import { authOauthCallback } from '#modules/identity/operations/auth.oauth.callback.ts';
import { authOauthCallbackForm } from '#modules/identity/operations/auth.oauth.callbackForm.ts';
import { authOauthComplete } from '#modules/identity/operations/auth.oauth.complete.ts';
import { authOauthStart } from '#modules/identity/operations/auth.oauth.start.ts';
import { authOidcCallback } from '#modules/identity/operations/auth.oidc.callback.ts';
import { authOidcLogin } from '#modules/identity/operations/auth.oidc.login.ts';
import { createBrowser, createCompany, type Company, type CompanyOptions } from './company.ts';
import { createWanderer, type SentBack } from './idps.ts';

export const PUBLIC = 'http://localhost:8420';
export const callbackOf = (provider: string): string => `${PUBLIC}/api/v1/auth/oauth/${provider}/callback`;

/** Options of an installation whose providers stand on this machine. */
const laboratory = (options: Partial<FederationOptions>): FederationOptions => ({
  publicUrl: PUBLIC,
  signup: { mode: 'open', domains: [] },
  autoLink: 'off',
  providers: {},
  mail: 'files',
  allowPrivateTargets: true,
  ...options,
});

export const appleKeys = (): { publicKey: string; privateKey: string } => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
};

type Browser = ReturnType<typeof createBrowser>;

/** Goes through a sign-in step by step, as a browser would; each step can be left out or altered by a test. */
export function visits(company: Company, browser: Browser = createBrowser('Firefox')) {
  const wander = createWanderer(PUBLIC);
  const isTenants = (provider: string): boolean => provider.includes('-');
  const from = (ip?: string) => ({ browser, ...(ip ? { ip } : {}) });
  return {
    browser,
    wander,
    async start(provider: string, input: Record<string, string> = {}): Promise<URL> {
      const operation = isTenants(provider) ? authOidcLogin : authOauthStart;
      return new URL((await company.done(operation, { provider, ...input }, null, from())).location);
    },
    /** Out and back again, up to what the provider sends. */
    async away(provider: string, input: Record<string, string> = {}): Promise<SentBack> {
      return wander((await this.start(provider, input)).href);
    },
    callbackFor: (provider: string, by: SentBack['by'] = 'address') =>
      isTenants(provider) ? authOidcCallback : by === 'form' ? authOauthCallbackForm : authOauthCallback,
    async land(provider: string, { parameters, by }: SentBack): Promise<URL> {
      const { location } = await company.done(this.callbackFor(provider, by), { provider, ...parameters }, null, from());
      return new URL(location, PUBLIC);
    },
    refusedLanding(provider: string, { parameters, by }: SentBack) {
      return company.refused(this.callbackFor(provider, by), { provider, ...parameters }, null, from());
    },
    complete: (code: string) => company.done(authOauthComplete, { code, tokenType: 'bearer' }, null, from()),
    refusedCompletion: (code: string) => company.refused(authOauthComplete, { code, tokenType: 'bearer' }, null, from()),
    /** All the way in. */
    async signIn(provider: string) {
      const landed = await this.land(provider, await this.away(provider));
      return this.complete(landed.searchParams.get('code')!);
    },
    /** Where it ends: the problem at the callback. */
    async turnedAway(provider: string) {
      return this.refusedLanding(provider, await this.away(provider));
    },
  };
}

export const federatedCompany = (federation: Partial<FederationOptions>, options: CompanyOptions = {}): Promise<Company> =>
  createCompany({ ...options, federation: laboratory(federation) });
