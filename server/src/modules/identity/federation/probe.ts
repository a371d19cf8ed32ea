import { Problem } from '#kernel/problem.ts';
import type { FederationDeps } from './deps.ts';
import type { Directory } from './directory.ts';
import { urlFault, type OutgoingOptions } from './outgoing.ts';
import type { ProviderProbe } from './port.ts';
import { configurationOf } from './relying-party.ts';
import './problems.ts';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'it cannot be used');

/** Looks at a provider as a sign-in would, and says in words what it found. */
export function createProbe({ core }: FederationDeps, directory: Directory, outgoing: OutgoingOptions): ProviderProbe {
  return {
    requireAllowed(issuer) {
      const fault = urlFault(issuer, outgoing, 'tenant');
      if (fault === null) return;
      throw new Problem('issuer-not-allowed', `The issuer cannot be used: ${fault}.`, { errors: [{ pointer: '/issuer', message: fault }] });
    },
    async check(id) {
      const { client, quirks } = await directory.find(id);
      core.discovery.forget(client.issuer);
      const found = await configurationOf(core, client, quirks).then(({ metadata }) => metadata, (error: unknown) => wordsOf(error)); // prettier-ignore
      if (typeof found === 'string') return [{ name: 'discovery', ok: false, detail: found }];
      const offered = found.id_token_signing_alg_values_supported ?? ['RS256'];
      const common = client.algorithms.filter((one) => offered.includes(one));
      const keys = await core.keySets.load(found.jwks_uri!, core.outgoing('tenant')).then((count) => (count === 1 ? 'One key' : `${count} keys`), (error: unknown) => ({ fault: wordsOf(error) })); // prettier-ignore
      const methods = found.code_challenge_methods_supported;
      return [
        { name: 'discovery', ok: true, detail: found.issuer },
        {
          name: 'algorithms',
          ok: common.length > 0,
          detail: common.length > 0 ? common.join(', ') : `It signs with ${offered.join(', ')}, none of which is allowed.`,
        },
        { name: 'keys', ok: typeof keys === 'string', detail: typeof keys === 'string' ? keys : keys.fault },
        {
          name: 'pkce',
          ok: methods === undefined || methods.includes('S256'),
          detail: methods === undefined ? 'It does not say; S256 is sent in any case.' : methods.join(', '),
        },
        {
          name: 'logout',
          ok: true,
          detail: found.end_session_endpoint === undefined ? 'People are not signed out there with us.' : 'People are signed out there with us.',
        },
      ];
    },
  };
}
