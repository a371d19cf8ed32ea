import type { Line } from '../lib/staging-report.mjs';
import type { Config } from './config.ts';
import { NeedsPerson } from './lines.ts';
import { byHand, requireNetwork, type Stage } from './stage.ts';

type Peeringdb = NonNullable<Config['peeringdb']>;

interface Provider {
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
}

/** OpenID Connect Discovery 1.0, section 4: the document names its own issuer and the endpoints. */
async function discover({ ask }: Stage, { issuer }: Peeringdb): Promise<Provider> {
  const answer = await ask(`${issuer}/.well-known/openid-configuration`);
  const found = answer.json() as Partial<Provider> & { issuer?: string };
  if (answer.status !== 200) throw new Error(`The discovery document is answered with ${answer.status}`);
  if (found.issuer?.replace(/\/+$/, '') !== issuer)
    throw new Error(`The discovery document is that of ${found.issuer ?? 'nobody'}, not of ${issuer}`);
  const { authorization_endpoint: authorization, token_endpoint: token, jwks_uri: keys } = found;
  if (!authorization || !token || !keys) throw new Error('The discovery document lacks an endpoint: authorization, token or keys');
  return { authorization_endpoint: authorization, token_endpoint: token, jwks_uri: keys };
}

/** Where the installation sends a browser that wants to sign in; it has to be the client of the configuration, at the provider of the configuration. */
async function signInAddress({ config, installation }: Stage, { clientId }: Peeringdb, provider: Provider): Promise<URL> {
  const begun = await installation.look('/api/v1/auth/oauth/peeringdb');
  const location = begun.headers.get('location');
  if (begun.status !== 302 || location === null)
    throw new Error(`The installation answers ${begun.status} to the beginning of a sign-in with PeeringDB. Does it have SWITCHYARD_PEERINGDB_CLIENT_ID?`); // prettier-ignore
  const address = new URL(location, config.url);
  if (address.origin + address.pathname !== provider.authorization_endpoint)
    throw new Error(`The installation sends people to ${address.origin}${address.pathname}, not to ${provider.authorization_endpoint}`);
  if (address.searchParams.get('client_id') !== clientId) throw new Error(`The installation signs in as another client than "${clientId}"`);
  return address;
}

/** RFC 6749, section 4.1.2.1: whom a provider does not know is shown a page; other faults are told in the redirect. */
async function accepted(stage: Stage, address: URL): Promise<string> {
  const shown = await stage.ask(address.href, { headers: { accept: 'text/html' } });
  const error = shown.headers['location'] ? new URL(shown.headers['location'], address).searchParams.get('error') : null;
  if (shown.status >= 400 || error)
    throw new Error(`PeeringDB shows an error: ${error ?? shown.status}. Are client and redirect URI registered there?`);
  return `${address.origin}${address.pathname} answers ${shown.status} to ${address.searchParams.get('redirect_uri')}`;
}

/** RFC 6749, section 5.2: whoever is not the client is told `invalid_client`; the right one, with a code that nobody issued, `invalid_grant`. */
async function refusesFalseCode({ ask, config }: Stage, { clientId, clientSecret }: Peeringdb, provider: Provider): Promise<string> {
  const answer = await ask(provider.token_endpoint, {
    method: 'POST',
    form: { grant_type: 'authorization_code', code: 'staging-code-that-nobody-issued', redirect_uri: `${config.url}/api/v1/auth/oauth/peeringdb/callback`, code_verifier: 'staging-'.repeat(8), client_id: clientId, client_secret: clientSecret },
  }); // prettier-ignore
  const { error } = answer.json();
  if (error === 'invalid_grant') return 'a code that nobody issued is refused with invalid_grant: the secret is that of the client';
  if (error === 'invalid_client')
    throw new Error('PeeringDB does not take the client id and secret (invalid_client). Compare them with those registered there.');
  throw new Error(`The token endpoint answers ${answer.status}${typeof error === 'string' ? ` ${error}` : ''}, where invalid_grant was expected`);
}

/** The key by itself, then what the installation makes of its own. */
async function networkIsFound(stage: Stage, { apiUrl, apiKey }: Peeringdb): Promise<string> {
  const { asn } = stage.config;
  const answer = await stage.ask(`${apiUrl}/net?asn=${asn}`, { headers: { authorization: `Api-Key ${apiKey}` } });
  if (answer.status === 401 || answer.status === 403) throw new Error(`PeeringDB does not take the API key: it answers ${answer.status}`);
  const { data } = answer.json();
  if (!Array.isArray(data) || !data.some((one) => one.asn === asn)) throw new Error(`PeeringDB answers ${answer.status} and knows no AS${asn}`);
  const id = await requireNetwork(stage);
  const { peeringdb } = await stage.installation.does('POST', `/exchange/participants/${id}/refresh`);
  return `the API knows AS${asn}, and the installation reads it: ${peeringdb.name}`;
}

/** Client, sign-in and API. */
export async function tryPeeringdb(stage: Stage, reached: Line): Promise<void> {
  const { lines: { line }, config: { peeringdb } } = stage; // prettier-ignore
  if (peeringdb) {
    let provider: Provider | undefined;
    let address: URL | undefined;
    const discovery = await line('PeeringDB: discovery', async () => (provider = await discover(stage, peeringdb)).token_endpoint);
    await line('PeeringDB: where people sign in', async () => {
      address = await signInAddress(stage, peeringdb, provider!);
      return accepted(stage, address);
    }, [reached, discovery]);
    await line('PeeringDB: client', () => refusesFalseCode(stage, peeringdb, provider!), [discovery]);
    await line('PeeringDB: API', () => networkIsFound(stage, peeringdb), [reached]);
  } else
    await line('PeeringDB: client and API', () => new NeedsPerson(byHand('peeringdb', 'see that the client of staging and the API key are taken.')));
  await line('PeeringDB: sign-in', () => new NeedsPerson('Sign in with a person of the test network: their networks are those of PeeringDB.'));
} // prettier-ignore
