import ipaddr from 'ipaddr.js';

/** Fields under a type: CEL tells types by constructor, so each variable has a class of its own. */
// oxlint-disable-next-line typescript/no-extraneous-class -- the constructor is what CEL looks at
export class Shape {
  constructor(fields: object = {}) {
    Object.assign(this, fields);
  }
}

export class Address {
  readonly value: ipaddr.IPv4 | ipaddr.IPv6;
  constructor(source: string) {
    if (!ipaddr.isValid(source)) throw new RangeError(`"${source}" is not an IP address`);
    // An IPv4 address inside IPv6 (RFC 4291 2.5.5.2) is the same host.
    this.value = ipaddr.process(source);
  }
  toString(): string {
    return this.value.toString();
  }
}

export class Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
  constructor(source: string) {
    if (!source.includes('/') || !ipaddr.isValidCIDR(source)) throw new RangeError(`"${source}" is not a network such as 10.0.0.0/8`);
    [this.address, this.prefix] = ipaddr.parseCIDR(source);
  }
  contains({ value }: Address): boolean {
    return value.kind() === this.address.kind() && value.match(this.address, this.prefix);
  }
  toString(): string {
    return `${this.address.toString()}/${this.prefix}`;
  }
}

const SEMVER = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** A version as semver.org orders it; the patch may be left out, as RouterOS does. */
export class Version {
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
  constructor(source: string) {
    const found = SEMVER.exec(source);
    if (!found) throw new RangeError(`"${source}" is not a version such as 7.16.1`);
    this.numbers = [found[1], found[2], found[3] ?? '0'].map(Number);
    this.pre = found[4]?.split('.') ?? [];
  }
  toString(): string {
    return `${this.numbers.join('.')}${this.pre.length > 0 ? `-${this.pre.join('.')}` : ''}`;
  }
  compare(other: Version): number {
    const at = this.numbers.findIndex((one, index) => one !== other.numbers[index]);
    if (at >= 0) return this.numbers[at]! - other.numbers[at]!;
    if (this.pre.length === 0 || other.pre.length === 0) return other.pre.length - this.pre.length;
    for (let index = 0; index < Math.max(this.pre.length, other.pre.length); index++) {
      const order = comparePre(this.pre[index], other.pre[index]);
      if (order !== 0) return order;
    }
    return 0;
  }
}

/** Identifiers of pre-releases (semver.org 11.4): numbers before words, fewer before more. */
function comparePre(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (first && second) return Number(a) - Number(b);
  if (first !== second) return first ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
