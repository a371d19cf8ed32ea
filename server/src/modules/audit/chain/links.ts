import { createHash } from 'node:crypto';

/** `r`: a read that is kept shortly; `e`: evidence; `x`: the entry was gone before it was sealed. */
export type Kind = 'r' | 'e' | 'x';

/** One entry's place in the chain. */
export interface Link {
  seq: number;
  id: string;
  kind: Kind;
  /** SHA-256 of the entry. */
  content: Buffer;
}

/** Consecutive links, packed: 16, 1 and 32 bytes for each. */
export interface Packed {
  firstSeq: number;
  count: number;
  minId: string;
  maxId: string;
  prevHash: Buffer;
  hash: Buffer;
  ids: Buffer;
  kinds: Buffer;
  hashes: Buffer;
}

const ID = 16;
const HASH = 32;

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idText = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** What the first link of a tenant's chain follows. */
export const genesis = (tenantId: string): Buffer => createHash('sha256').update(`switchyard audit chain v1\n${tenantId}`).digest();

/** SHA-256 over the link before, the number (64 bits, big-endian), the id, the kind and the hash of the entry. */
export function follow(prev: Buffer, { seq, id, kind, content }: Link): Buffer {
  const head = Buffer.alloc(8 + ID + 1);
  head.writeBigUInt64BE(BigInt(seq), 0);
  idBytes(id).copy(head, 8);
  head.write(kind, 8 + ID, 'latin1');
  return createHash('sha256').update(prev).update(head).update(content).digest();
}

/** Links that follow one another, as one segment. There is at least one. */
export function pack(prevHash: Buffer, links: readonly Link[]): Packed {
  const sorted = links.map(({ id }) => id).toSorted();
  return {
    firstSeq: links[0]!.seq,
    count: links.length,
    minId: sorted[0]!,
    maxId: sorted.at(-1)!,
    prevHash,
    hash: links.reduce(follow, prevHash),
    ids: Buffer.concat(links.map(({ id }) => idBytes(id))),
    kinds: Buffer.from(links.map(({ kind }) => kind).join(''), 'latin1'),
    hashes: Buffer.concat(links.map(({ content }) => content)),
  };
}

/** The links of a segment; undefined when its parts do not fit each other. */
export function unpack({ firstSeq, count, ids, kinds, hashes }: Pick<Packed, 'firstSeq' | 'count' | 'ids' | 'kinds' | 'hashes'>): Link[] | undefined {
  if (ids.length !== count * ID || kinds.length !== count || hashes.length !== count * HASH) return undefined;
  return Array.from({ length: count }, (_, n) => ({
    seq: firstSeq + n,
    id: idText(ids.subarray(n * ID, (n + 1) * ID)),
    kind: kinds.toString('latin1', n, n + 1) as Kind,
    content: hashes.subarray(n * HASH, (n + 1) * HASH),
  }));
}
