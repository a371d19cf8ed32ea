import { byte, hex, short } from './fields.ts';
import { recordType } from './type.ts';

const octets = (digest: Buffer, wanted: number | undefined, what: string): string | undefined =>
  wanted !== undefined && digest.length !== wanted ? `${what} has ${wanted} octets (${wanted * 2} digits), not ${digest.length}` : undefined;

/** Digest types of DS: SHA-1, SHA-256, GOST, SHA-384. */
const DS_LENGTH: Record<number, number> = { 1: 20, 2: 32, 3: 32, 4: 48 };
export const DS = recordType<[number, number, number, Buffer]>(
  'DS',
  43,
  [short('the key tag'), byte('the algorithm'), byte('the digest type'), hex('the digest')],
  (_tag, _algorithm, type, digest) => octets(digest, DS_LENGTH[type], `a digest of type ${type}`),
);

/** RFC 6698: usage 0-3, selector 0-1, matching 0 (whole) 1 (SHA-256) 2 (SHA-512). */
const TLSA_LENGTH: Record<number, number> = { 1: 32, 2: 64 };
export const TLSA = recordType<[number, number, number, Buffer]>(
  'TLSA',
  52,
  [byte('the usage'), byte('the selector'), byte('the matching type'), hex('the data')],
  (usage, selector, matching, data) => {
    if (usage > 3 && usage !== 255) return 'the usage is 0 to 3';
    if (selector > 1 && selector !== 255) return 'the selector is 0 (certificate) or 1 (public key)';
    if (matching > 2 && matching !== 255) return 'the matching type is 0 (whole), 1 (SHA-256) or 2 (SHA-512)';
    return octets(data, TLSA_LENGTH[matching], `matching type ${matching}`);
  },
);

/** RFC 4255, 6594: fingerprints SHA-1 and SHA-256. */
const SSHFP_LENGTH: Record<number, number> = { 1: 20, 2: 32 };
export const SSHFP = recordType<[number, number, Buffer]>(
  'SSHFP',
  44,
  [byte('the algorithm'), byte('the fingerprint type'), hex('the fingerprint')],
  (_algorithm, type, fingerprint) => octets(fingerprint, SSHFP_LENGTH[type], `a fingerprint of type ${type}`),
);
