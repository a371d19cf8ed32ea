import type { Membership } from '../providers/port.ts';
import type { Factor } from '../factors/port.ts';

/** How somebody proved who they are (RFC 8176, and `fed`, `email` of our own): by another provider, by a link in a mail. */
export type Amr = 'pwd' | 'otp' | 'sms' | 'hwk' | 'user' | 'bkp' | 'fed' | 'mfa' | 'email';
/** 2: by two factors, or by a passkey that verified its user. */
export type Level = 1 | 2;
/** `cookie` and `bearer`: 256 random bits, looked up at each call. `pair`: a signed access token of minutes and a refresh token. */
export type TokenType = 'cookie' | 'bearer' | 'pair';

/** What a provider handed out, kept sealed with the session: for renewal and for signing out there as well. */
export interface ProviderTokens {
  idToken?: string | undefined;
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  /** RFC 3339; of the access token. */
  expiresAt?: string | undefined;
  /** RFC 3339: since when somebody asks the provider for new ones, and when they last came. */
  renewing?: string | undefined;
  renewedAt?: string | undefined;
}
/** The identity at another provider that a session rests on. */
export interface ProviderIdentity {
  /** Our key of the provider. */
  id: string;
  issuer: string;
  subject: string;
  /** The provider's own session (OpenID Connect Back-Channel Logout 1.0). */
  sid?: string | undefined;
  tokens?: ProviderTokens | undefined;
}

export interface FirstFactor {
  userId: string;
  amr: readonly Amr[];
  /** 2: no further factor is asked. */
  level: Level;
  /** What the password was held against; it is worth nothing when another was set meanwhile. */
  passwordHash?: string | undefined;
  provider?: ProviderIdentity | undefined;
}

/** How and from where somebody comes in, and what they want to leave with. */
export interface Arrival {
  kind: TokenType;
  ip: string | null;
  agent: string | null;
  /** Slug or id of the tenant that is wanted. */
  tenant?: string | undefined;
  /** A pair lives for 30 days instead of one. */
  rememberMe?: boolean | undefined;
  deviceToken?: string | undefined;
}

/** A session that was opened, or whose secret was changed; the secrets are here and nowhere else. */
export interface Issued {
  user: { id: string; email: string; name: string };
  tenant: Membership | null;
  tenants: Membership[];
  sessionId: string;
  tokenType: TokenType;
  /** When the session ends if it is not used again. */
  expiresAt: Date;
  /** Of a cookie or bearer session. */
  token?: string | undefined;
  /** Seconds for which a browser keeps the cookie when it is closed; absent: not at all. */
  keptSeconds?: number | undefined;
  /** Of a pair. */
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  /** Seconds that the access token lives. */
  expiresIn?: number | undefined;
}

export type Concluded = { status: 'signed-in'; issued: Issued } | { status: 'mfa-required'; challengeId: string; factors: Factor[]; expiresAt: Date };
