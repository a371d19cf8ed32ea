import type { ProviderTokens } from '../../sessions/types.ts';
import type { Dialect } from '../faults.ts';
import type { Begun } from '../relying-party.ts';
import type { Quirks } from '../relying-party.ts';
import type { Assertion, Client, RoleMapping } from '../types.ts';

/** What came back with the browser: the callback with its parameters, and what Apple posts beside them. */
export interface Returned {
  callback: URL;
  /** JSON; only with the first consent, and not signed. */
  user?: string | undefined;
}

export interface Proven {
  assertion: Assertion;
  /** Kept with the session when they are of use there: for renewal and for signing out at the provider. */
  tokens: ProviderTokens | undefined;
}

/** What a tenant decides about people who come by its own provider. */
export interface TenantRules {
  tenantId: string;
  roleMapping: readonly RoleMapping[];
  jitProvisioning: boolean;
  acrValues: readonly string[];
}

/** One way to sign in by somebody else's word. */
export interface Provider {
  client: Client;
  dialect: Dialect;
  quirks: Quirks;
  /** The browser comes back with a form that the provider's page posts, so the flow's cookie must cross sites. */
  formPost: boolean;
  tenant: TenantRules | null;
  /** Where the browser goes. */
  begin: (begun: Begun) => Promise<URL>;
  /** What the provider proves, in exchange for what came back. Throws what `providerProblem` has words for. */
  finish: (returned: Returned, begun: Begun) => Promise<Proven>;
}
