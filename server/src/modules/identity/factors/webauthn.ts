import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { FACTORS } from './rules.ts';

/** Read with the first passkey: formats of certificates are two hundred files, a seventh of what a process reads to begin. */
const webauthn = () => import('@simplewebauthn/server');

/** Whose passkeys these are (WebAuthn level 3: the relying party), and which pages may ask for them. */
export interface RelyingParty {
  name: string;
  /** Host name of the installation. */
  id: string;
  isOurs: (origin: string) => boolean;
}

/** Passkeys belong to the host of the public address; names of tenants below the base domain may use them when it is that host. */
export function relyingParty(name: string, publicUrl: string, baseDomain?: string): RelyingParty {
  const home = new URL(publicUrl);
  const below = baseDomain !== undefined && (home.hostname === baseDomain || home.hostname.endsWith(`.${baseDomain}`)) ? baseDomain : undefined;
  const isTenants = (origin: URL): boolean =>
    below === home.hostname && origin.protocol === home.protocol && origin.port === home.port && origin.hostname.endsWith(`.${below}`);
  return {
    name,
    id: home.hostname,
    isOurs: (origin) => origin === home.origin || (URL.canParse(origin) && new URL(origin).origin === origin && isTenants(new URL(origin))),
  };
}

/** COSE: Ed25519, ES256 and RS256, which between them every authenticator speaks. */
const ALGORITHMS = [-8, -7, -257];

interface KnownPasskey {
  credentialId: string;
  transports: string[];
}
const descriptors = (passkeys: readonly KnownPasskey[]) => passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports }));

/** The person's id as the authenticator keeps it: 16 bytes that tell nothing. */
export const userHandle = (userId: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));

export const creationOptions = async (
  party: RelyingParty,
  person: { id: string; email: string; name: string },
  existing: readonly KnownPasskey[],
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  (await webauthn()).generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: person.email,
    userDisplayName: person.name,
    userID: userHandle(person.id),
    timeout: FACTORS.ceremony.lives,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: descriptors(existing),
    // Discoverable, so that it can sign in without an address; verification is judged when it is used.
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  });

/** `passkeys` empty: any that the person has for us, and it has to verify them. Else one of these, as a second factor. */
export const requestOptions = async (party: RelyingParty, passkeys: readonly KnownPasskey[]): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  (await webauthn()).generateAuthenticationOptions({
    rpID: party.id,
    timeout: FACTORS.ceremony.lives,
    userVerification: passkeys.length === 0 ? 'required' : 'preferred',
    allowCredentials: descriptors(passkeys),
  });

interface ClientData {
  challenge: string;
  origin: string;
}
/** What the browser says it was asked; believed only after the signature was checked. */
export function clientDataOf(response: { response: { clientDataJSON: string } }): ClientData | undefined {
  try {
    const found = JSON.parse(Buffer.from(response.response.clientDataJSON, 'base64url').toString('utf8')) as Partial<ClientData>;
    return typeof found.challenge === 'string' && typeof found.origin === 'string' ? { challenge: found.challenge, origin: found.origin } : undefined;
  } catch {
    return undefined;
  }
}

export interface NewPasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  aaguid: string;
  backedUp: boolean;
}

/** The passkey that was made for `challenge` on one of our pages; undefined when it was not. */
export async function registered(party: RelyingParty, response: RegistrationResponseJSON, challenge: string): Promise<NewPasskey | undefined> {
  const origin = clientDataOf(response)?.origin;
  if (origin === undefined || !party.isOurs(origin)) return undefined;
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: party.id };
  const { verifyRegistrationResponse } = await webauthn();
  // It throws for each of the many ways in which a response can be wrong.
  const verified = await verifyRegistrationResponse({
    response,
    ...expected,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential, aaguid, credentialBackedUp } = verified.registrationInfo;
  const { id, publicKey, counter, transports = [] } = credential;
  return { credentialId: id, publicKey, counter, transports: transports.slice(0, 8), aaguid, backedUp: credentialBackedUp };
}

export interface Asserted {
  counter: number;
  userVerified: boolean;
  backedUp: boolean;
}

/** What the passkey's signature over `challenge` says; undefined when it is none, or comes from a page that is not ours. */
export async function asserted(
  party: RelyingParty,
  response: AuthenticationResponseJSON,
  challenge: string,
  passkey: { credentialId: string; publicKey: Uint8Array<ArrayBuffer> },
): Promise<Asserted | undefined> {
  const origin = clientDataOf(response)?.origin;
  if (origin === undefined || !party.isOurs(origin)) return undefined;
  const { verifyAuthenticationResponse } = await webauthn();
  const found = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: party.id,
    requireUserVerification: false,
    // The library would judge the counter before the signature; ours comes after, when it is known to be the passkey that speaks.
    credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: 0 },
  }).catch(() => undefined);
  if (!found?.verified) return undefined;
  const { newCounter, userVerified, credentialBackedUp } = found.authenticationInfo;
  return { counter: newCounter, userVerified, backedUp: credentialBackedUp };
}
