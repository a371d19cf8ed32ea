import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
};
/** As much of CBOR (RFC 8949) as attestations and COSE keys need. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
  return Buffer.concat([head(2, value.length), value]);
}

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const FLAG = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 } as const;

/** What a dishonest browser or key could say instead of the truth. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  userHandle?: string;
}

interface Credential {
  id: Buffer;
  privateKey: KeyObject;
  userHandle: string;
}

/** A security key in software (WebAuthn level 3, ES256): answers what a browser on `origin` would be asked. */
export function createAuthenticator(origin: string) {
  let credential: Credential | undefined;
  let counter = 0;

  const clientData = (type: string, challenge: string, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin, crossOrigin: false }),
    );
  const flags = (verify: boolean): number => FLAG.userPresent | (verify ? FLAG.userVerified : 0);
  const prefix = (rpId: string, bits: number, lies: Lies): Buffer =>
    Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([bits]), uint32(lies.counter ?? counter)]);

  return {
    /** `navigator.credentials.create`. */
    create(options: PublicKeyCredentialCreationOptionsJSON, { verify = true, ...lies }: Lies & { verify?: boolean } = {}): RegistrationResponseJSON {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const jwk = publicKey.export({ format: 'jwk' });
      credential = { id: randomBytes(32), privateKey, userHandle: options.user.id };
      const cose = cbor(new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(jwk.x!, 'base64url')], [-3, Buffer.from(jwk.y!, 'base64url')]])); // prettier-ignore
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credential.id.length]), credential.id, cose]);
      const authData = Buffer.concat([prefix(options.rp.id!, flags(verify) | FLAG.attested, lies), attested]);
      const attestation = cbor(new Map<string, Cbor>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]])); // prettier-ignore
      return {
        id: base64url(credential.id),
        rawId: base64url(credential.id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options.challenge, lies)),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
      };
    },
    /** `navigator.credentials.get`. The counter moves on with each use. */
    get(options: PublicKeyCredentialRequestOptionsJSON, { verify = true, ...lies }: Lies & { verify?: boolean } = {}): AuthenticationResponseJSON {
      if (!credential) throw new Error('this authenticator holds no passkey');
      counter += 1;
      const data = clientData('webauthn.get', options.challenge, lies);
      const authData = prefix(options.rpId!, flags(verify), lies);
      return {
        id: base64url(credential.id),
        rawId: base64url(credential.id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(data),
          authenticatorData: base64url(authData),
          signature: base64url(sign('sha256', Buffer.concat([authData, sha256(data)]), credential.privateKey)),
          userHandle: lies.userHandle ?? credential.userHandle,
        },
      };
    },
  };
}
