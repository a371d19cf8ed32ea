import { follow, genesis, unpack, type Kind, type Link, type Packed } from './links.ts';
import { contentHash, type EntryRecord } from './record.ts';
import { anchorText, nameOf, purgeText, type CheckSignature } from './signing.ts';
import type { AnchorRow, PurgeRow } from '../tables.ts';
import { timeOf } from './times.ts';

export type FaultKind = 'altered' | 'missing' | 'inserted' | 'links-altered' | 'links-missing' | 'anchor-altered' | 'anchor-missing';

/** The first thing that is not as it was sealed. */
export interface Fault {
  kind: FaultKind;
  /** Place in the chain, and entry, as far as they are known. */
  seq: number | null;
  entryId: string | null;
  text: string;
}

export interface Findings {
  /** First and last link that were looked at. */
  from: number;
  to: number;
  /** Entries compared, and entries that retention let go. */
  checked: number;
  expired: number;
  anchors: number;
  lastAnchor: { seq: number; at: string } | null;
  fault: Fault | null;
}

/** What a chain is checked against; one implementation reads the database. */
export interface Source {
  tenantId: string;
  /** Segments in order, the first being the one with link `from` in it; no more than about `entries` links. */
  segments: (from: number, entries: number) => Promise<Packed[]>;
  /** The segment that ends right before `firstSeq`. */
  before: (firstSeq: number) => Promise<Pick<Packed, 'hash' | 'maxId'> | undefined>;
  entries: (ids: readonly string[]) => Promise<Map<string, EntryRecord>>;
  /** Entries with ids after `after` up to `through` (null: no bound) that are neither among `known`, nor in any segment, nor waiting to be sealed. */
  strays: (after: string | null, through: string | null, known: readonly string[]) => Promise<string[]>;
  anchors: (from: number, to: number) => Promise<AnchorRow[]>;
  purges: () => Promise<PurgeRow[]>;
}

const GROUP = 2_000;

class Broken extends Error {
  readonly fault: Fault;
  constructor(kind: FaultKind, seq: number | null, entryId: string | null, text: string) {
    super(text);
    this.fault = { kind, seq, entryId, text };
  }
}

/** Until when entries of each kind may be gone, by what was signed. */
function lettingGo(purges: readonly PurgeRow[], check: CheckSignature): Record<Kind, number> {
  const until: Record<Kind, number> = { r: 0, e: 0, x: 0 };
  for (const { tenantId, kept, until: end, removed, at, keyId, signature } of purges) {
    const text = purgeText({ tenantId, kept, until: end.toISOString(), removed, at: at.toISOString() });
    if (!check(keyId, text, signature)) throw new Broken('anchor-altered', null, null, `The record of what retention let go at ${at.toISOString()} was altered: its signature does not fit.`);
    const kind = kept === 'reads' ? 'r' : 'e';
    until[kind] = Math.max(until[kind], end.getTime());
  }
  return until;
} // prettier-ignore

/** Anchors between two links, in order, each with its signature and the one before it looked at. */
async function anchorsIn(source: Source, check: CheckSignature, from: number, to: number): Promise<Map<number, AnchorRow>> {
  const found = new Map<number, AnchorRow>();
  let last: AnchorRow | undefined;
  for (const anchor of await source.anchors(from, to)) {
    const { tenantId, seq, hash, at, previous, keyId, signature } = anchor;
    if (!check(keyId, anchorText({ tenantId, seq, hash: hash.toString('hex'), at: at.toISOString(), previous }), signature))
      throw new Broken('anchor-altered', seq, null, `The anchor at link ${seq} was altered: its signature does not fit.`);
    if (last && nameOf(last.signature) !== previous)
      throw new Broken('anchor-missing', seq, null, `An anchor between links ${last.seq} and ${seq} is missing.`);
    found.set(seq, (last = anchor));
  }
  return found;
}

/** What the first link follows: the genesis, the segment before, or, where that was let go, the anchor that was set on it. */
async function startOf(
  source: Source,
  firstSeq: number,
  check: CheckSignature,
  until: Record<Kind, number>,
): Promise<{ hash: Buffer; maxId: string | null }> {
  if (firstSeq === 1) return { hash: genesis(source.tenantId), maxId: null };
  const before = await source.before(firstSeq);
  if (before) return before;
  const anchor = (await anchorsIn(source, check, firstSeq - 1, firstSeq - 1)).get(firstSeq - 1);
  // Retention only lets links go that are older than what it lets go; whoever deletes others finds no anchor that old.
  if (anchor && anchor.at.getTime() <= until.e) return { hash: anchor.hash, maxId: null };
  throw new Broken('links-missing', firstSeq - 1, null, `The links up to ${firstSeq - 1} are missing, and no anchor stands for them.`);
}

/** Recomputes the links of one segment. */
function linksOf(segment: Packed, expected: number, hash: Buffer, anchors: ReadonlyMap<number, AnchorRow>): Link[] {
  if (segment.firstSeq !== expected)
    throw new Broken('links-missing', expected, null, `The links ${expected} to ${segment.firstSeq - 1} are missing.`);
  const links = unpack(segment);
  const between = `between ${segment.firstSeq} and ${segment.firstSeq + segment.count - 1}`;
  if (!links || !segment.prevHash.equals(hash)) throw new Broken('links-altered', segment.firstSeq, null, `The links ${between} were altered.`);
  let head = hash;
  for (const link of links) {
    head = follow(head, link);
    const anchor = anchors.get(link.seq);
    if (anchor && !anchor.hash.equals(head))
      throw new Broken('links-altered', link.seq, link.id, `The chain was rewritten: link ${link.seq} is not what its anchor of ${anchor.at.toISOString()} was signed for.`); // prettier-ignore
  }
  if (!head.equals(segment.hash))
    throw new Broken('links-altered', segment.firstSeq, null, `The links ${between} were altered or put in another order.`);
  return links;
}

function compare(link: Link, entry: EntryRecord | undefined, until: Record<Kind, number>, found: Findings): void {
  const { seq, id, kind, content } = link;
  if (entry) {
    if (kind === 'x' || !contentHash(entry).equals(content))
      throw new Broken('altered', seq, id, `Entry ${id} is not what was sealed as link ${seq}.`);
    found.checked += 1;
  } else if (timeOf(id).getTime() < until[kind]) found.expired += 1;
  else throw new Broken('missing', seq, id, `Entry ${id}, link ${seq}, is missing${kind === 'x' ? ': it was gone before it was sealed' : ''}.`);
}

export interface VerifyOptions {
  from?: number;
  /** Links to look at, at most; whole segments, so it may be some more. */
  most?: number;
  check: CheckSignature;
  signal?: AbortSignal;
}

/** Walks a chain from link `from`, and stops at the first fault. */
export async function verifyChain(source: Source, { from = 1, most = Number.POSITIVE_INFINITY, check, signal }: VerifyOptions): Promise<Findings> {
  const found: Findings = { from, to: from - 1, checked: 0, expired: 0, anchors: 0, lastAnchor: null, fault: null };
  try {
    const until = lettingGo(await source.purges(), check);
    let group = await source.segments(from, GROUP);
    if (group[0]) found.from = group[0].firstSeq;
    let place = group[0] ? await startOf(source, group[0].firstSeq, check, until) : { hash: genesis(source.tenantId), maxId: null };
    found.to = found.from - 1;
    while (group.length > 0) {
      signal?.throwIfAborted();
      place = await verifyGroup(source, group, place, { check, until, found });
      if (found.to - found.from + 1 >= most) return found;
      group = await source.segments(found.to + 1, GROUP);
    }
    const [beyond] = await source.anchors(found.to + 1, Number.MAX_SAFE_INTEGER);
    if (beyond) throw new Broken('links-missing', found.to + 1, null, `The links ${found.to + 1} to ${beyond.seq} are missing: there is an anchor for ${beyond.seq}.`);
    await refuseStrays(source, place.maxId, null, []);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    found.fault = error.fault;
  }
  return found;
} // prettier-ignore

async function refuseStrays(source: Source, after: string | null, through: string | null, known: readonly string[]): Promise<void> {
  const [stray] = await source.strays(after, through, known);
  if (stray !== undefined) throw new Broken('inserted', null, stray, `Entry ${stray} was put in beside the chain: no link stands for it.`);
}

type Place = { hash: Buffer; maxId: string | null };
async function verifyGroup(
  source: Source,
  group: readonly Packed[],
  { hash, maxId }: Place,
  { check, until, found }: { check: CheckSignature; until: Record<Kind, number>; found: Findings },
): Promise<Place> {
  const last = group.at(-1)!;
  const anchors = await anchorsIn(source, check, group[0]!.firstSeq, last.firstSeq + last.count - 1);
  const links: Link[] = [];
  let highest = maxId;
  for (const segment of group) {
    links.push(...linksOf(segment, found.to + 1 + links.length, hash, anchors));
    hash = segment.hash;
    if (highest === null || segment.maxId > highest) highest = segment.maxId;
  }
  const ids = links.map(({ id }) => id);
  const entries = await source.entries(ids);
  for (const link of links) compare(link, entries.get(link.id), until, found);
  if (highest !== maxId) await refuseStrays(source, maxId, highest, ids);
  found.to += links.length;
  found.anchors += anchors.size;
  const newest = [...anchors.values()].at(-1);
  if (newest) found.lastAnchor = { seq: newest.seq, at: newest.at.toISOString() };
  return { hash, maxId: highest };
}
