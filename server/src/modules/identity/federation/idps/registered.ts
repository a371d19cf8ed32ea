/** What whoever runs the installation got from a provider. */
export interface Registered {
  clientId: string;
  clientSecret: string;
  /** Elsewhere than usual: a national cloud, a server of one's own, a test. */
  issuer?: string | undefined;
  /** The provider's second factor counts as ours. */
  trustMfa: boolean;
}

/** Asymmetric ones only: with an HMAC the "signature" could be made with what is public, or with our own secret. */
export const OPENID_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
