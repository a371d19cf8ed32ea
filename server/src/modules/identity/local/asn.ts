/** What an autonomous system number is for. `reserved` ones are nobody's (RFC 7300, RFC 7607, RFC 6793). */
export type AsnClass = 'public' | 'private' | 'documentation' | 'reserved';

const MAX_ASN = 4_294_967_295;

/** Ranges that are not public, in ascending order: IANA’s special-purpose AS numbers. */
const SPECIAL: readonly { from: number; to: number; is: AsnClass }[] = [
  { from: 0, to: 0, is: 'reserved' },
  { from: 23_456, to: 23_456, is: 'reserved' },
  { from: 64_496, to: 64_511, is: 'documentation' },
  { from: 64_512, to: 65_534, is: 'private' },
  { from: 65_535, to: 65_535, is: 'reserved' },
  { from: 65_536, to: 65_551, is: 'documentation' },
  { from: 4_200_000_000, to: 4_294_967_294, is: 'private' },
  { from: MAX_ASN, to: MAX_ASN, is: 'reserved' },
];

/** Class of a number; undefined when it is no AS number at all. */
export const asnClass = (asn: number): AsnClass | undefined =>
  Number.isInteger(asn) && asn >= 0 && asn <= MAX_ASN ? (SPECIAL.find(({ from, to }) => asn >= from && asn <= to)?.is ?? 'public') : undefined;

/** May a request at an exchange name it (exchange.md 4.3)? Private numbers only where the exchange is a lab. */
export function isAcceptedAsn(asn: number, { allowPrivate }: { allowPrivate: boolean }): boolean {
  const found = asnClass(asn);
  return found === 'public' || (found === 'private' && allowPrivate);
}

/** `64512` or `AS64512`; undefined for what is no number from 1 to 4294967295. */
export function readAsn(text: string): number | undefined {
  const [, digits] = /^(?:AS)?([1-9]\d{0,9})$/i.exec(text.trim()) ?? [];
  const asn = Number(digits);
  return asnClass(asn) === undefined ? undefined : asn;
}
