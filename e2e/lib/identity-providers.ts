import { generateKeyPairSync } from 'node:crypto';
import { startGithub, type Github } from '../fakes/github.ts';
import { startOidc, type FakePerson, type Oidc, type Shape } from '../fakes/oidc.ts';
import { api, governed } from './api.ts';
import { freePort, type Product } from './product.ts';

type Social = Exclude<Shape, 'generic'>;
export type Idps = Record<Social, Oidc>;

/** What every provider knows the installation by. */
export const CLIENT = { clientId: 'switchyard', clientSecret: 's3cret of the installation' };

const TENANT = '11111111-2222-4333-8444-555555555555';
const networks = [{ id: 1, name: 'Net', asn: 64_500, perms: 15 }];
const PEOPLE: Record<Social, FakePerson[]> = {
  google: [
    { sub: 'g-gil', claims: { email: 'gil@mail.test', email_verified: true, name: 'Gil Moreau' } },
    { sub: 'g-dana', claims: { email: 'dana.at.home@mail.test', email_verified: true, name: 'Dana' } },
    { sub: 'g-claims', claims: { email: 'adam@acme.example', email_verified: false, name: 'Not Adam' } },
  ],
  microsoft: [
    {
      sub: 'pairwise',
      claims: { oid: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', tid: TENANT, email: 'mia@fabrikam.test', xms_edov: true, name: 'Mia Sato' },
    },
  ],
  apple: [{ sub: '001.apple', claims: { email: 'relay@relay.test', email_verified: 'true' } }],
  peeringdb: [{ sub: '42', claims: { email: 'noc@net.test', verified_email: true, verified_user: true, name: 'Nina Noc', networks } }],
};

/** All providers an installation can offer, each with people of its own, and the settings of an installation at `site` that offers them. */
export async function startProviders(site: string): Promise<{ idps: Idps; github: Github; settings: Record<string, string> }> {
  const callback = (provider: string): string => `${site}/api/v1/auth/oauth/${provider}/callback`;
  const apple = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const start = (shape: Social, more: { appleKey?: string } = {}): Promise<Oidc> =>
    startOidc({ shape, people: PEOPLE[shape], clients: [{ ...CLIENT, redirectUris: [callback(shape)] }], ...more });
  const idps: Idps = {
    google: await start('google'),
    microsoft: await start('microsoft'),
    apple: await start('apple', { appleKey: apple.publicKey }),
    peeringdb: await start('peeringdb'),
  };
  const github = await startGithub({
    ...CLIENT,
    redirectUri: callback('github'),
    people: [{ id: 583_231, login: 'octavia', name: 'Octavia Cat', emails: [{ email: 'octavia@cat.test', primary: true, verified: true }] }],
  });
  const registered = ['GOOGLE', 'MICROSOFT', 'PEERINGDB', 'GITHUB'].flatMap((name) => [
    [`SWITCHYARD_${name}_CLIENT_ID`, CLIENT.clientId],
    [`SWITCHYARD_${name}_CLIENT_SECRET`, CLIENT.clientSecret],
  ]);
  const settings = {
    ...(Object.fromEntries(registered) as Record<string, string>),
    SWITCHYARD_GOOGLE_ISSUER: idps.google.issuer,
    SWITCHYARD_MICROSOFT_AUTHORITY: idps.microsoft.issuer,
    SWITCHYARD_PEERINGDB_ISSUER: idps.peeringdb.issuer,
    SWITCHYARD_GITHUB_URL: github.url,
    SWITCHYARD_APPLE_CLIENT_ID: CLIENT.clientId,
    SWITCHYARD_APPLE_TEAM_ID: 'TEAM123456',
    SWITCHYARD_APPLE_KEY_ID: 'KEY1234567',
    SWITCHYARD_APPLE_PRIVATE_KEY: apple.privateKey,
    SWITCHYARD_APPLE_ISSUER: idps.apple.issuer,
  };
  return { idps, github, settings };
}

/** A provider of the first tenant's own, set up in the installation at `site` and running: its one person is Nell, whose group stands for the role Developer. */
export async function startCorporate(product: Product, site: string): Promise<{ oidc: Oidc; provider: { id: string } }> {
  const [owner, approver] = [product.as('owner'), product.as('approver')];
  const port = await freePort();
  const roles = (await api(product, owner, 'GET', '/roles?limit=200')).body.items as { id: string; key: string }[];
  const provider = await governed(product, owner, approver, 'POST', '/identity-providers', {
    key: 'corporate',
    name: 'Acme Corporate',
    issuer: `http://127.0.0.1:${port}`,
    ...CLIENT,
    jitProvisioning: true,
    roleMapping: [{ value: 'netops', roleId: roles.find(({ key }) => key === 'developer')!.id }],
  });
  const oidc = await startOidc({
    port,
    people: [{ sub: 'nell', claims: { email: 'nell@corp.test', email_verified: true, name: 'Nell Corp', groups: ['netops'] } }],
    clients: [
      {
        ...CLIENT,
        redirectUris: [provider.redirectUri],
        backchannelLogoutUri: provider.backchannelLogoutUri,
        postLogoutRedirectUris: [`${site}/login`],
      },
    ],
  });
  return { oidc, provider };
}
