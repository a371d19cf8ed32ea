import { jwtVerify } from 'jose';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Hook } from './find.ts';
import type { HookRequest } from '#kernel/hooks.ts';
import { basicOf, bearerOf, headerOf, judgeHmac, same } from './signature.ts';

const refused = (detail: string): Problem => new Problem('webhook-unauthorized', detail);

export interface AuthenticateDeps {
  now: Clock;
  /** Whose key it is; throws `unauthenticated` or `token-invalid`. */
  byKey: (token: string, ip: string, tenantId: string) => Promise<Actor>;
}

async function byHmac({ config, secret }: Hook, { headers, body }: HookRequest, now: Date): Promise<void> {
  const verdict = judgeHmac(config.hmac, await secret(), headers, body, now);
  if (verdict === 'missing') throw new Problem('webhook-signature-missing', `Sign the body and send the signature as ${config.hmac.header}.`);
  if (verdict === 'wrong') throw refused('The signature does not fit the body.');
  if (verdict === 'stale') throw new Problem('webhook-signature-stale', 'The signature is too old, or from the future. Sign each attempt anew.');
}

/** Tokens of one shared secret only (RFC 7515, HS256 to HS512), with a time at which they end. */
async function byJwt({ secret }: Hook, { headers }: HookRequest, now: Date): Promise<void> {
  const token = bearerOf(headers);
  if (token === undefined) throw refused('Send a token in the Authorization header.');
  const key = new TextEncoder().encode(await secret());
  const options = { algorithms: ['HS256', 'HS384', 'HS512'], requiredClaims: ['exp'], clockTolerance: 30, currentDate: now };
  await jwtVerify(token, key, options).catch(() => Promise.reject(refused('The token does not fit, or is over.')));
}

/** Who calls, as the trigger asks; the Actor where a key of ours says who it is. Throws what each mistake is called. */
export async function authenticate(hook: Hook, request: HookRequest, { now, byKey }: AuthenticateDeps): Promise<Actor | undefined> {
  const { config, secret, tenantId } = hook;
  const { headers, ip } = request;
  switch (config.auth) {
    case 'none':
      return undefined;
    case 'header':
      if (!same(headerOf(headers, config.header) ?? '', await secret())) throw refused(`The header ${config.header} is missing or wrong.`);
      return undefined;
    case 'basic':
      if (!same(basicOf(headers) ?? '', await secret())) throw refused('Name or password are missing or wrong.');
      return undefined;
    case 'hmac':
      await byHmac(hook, request, now());
      return undefined;
    case 'jwt':
      await byJwt(hook, request, now());
      return undefined;
    case 'apiKey': {
      const token = bearerOf(headers);
      if (token === undefined) throw refused('Send an API key of this tenant in the Authorization header.');
      return byKey(token, ip, tenantId);
    }
  }
}
