import type { Database } from '#kernel/database.ts';
import type { Filters } from '../query.ts';
import { anchorText, purgeText, type Signer } from '../chain/signing.ts';
import { unpack, type Packed } from '../chain/links.ts';
import { linksWithin } from '../chain/place.ts';
import type { Source } from '../chain/verify.ts';
import { chainIn } from '../chain/source.ts';
import { timeOf } from '../chain/times.ts';
import type { AnchorRow, PurgeRow } from '../tables.ts';
import type { Page } from './formats.ts';

const LINKS = 2_000;
const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

const anchorLine = ({ tenantId, seq, hash, at, previous, keyId, signature }: AnchorRow): string =>
  lineOf({ type: 'anchor', signed: anchorText({ tenantId, seq, hash: hash.toString('hex'), at: at.toISOString(), previous }), keyId, signature });
const purgeLine = ({ tenantId, kept, until, removed, at, keyId, signature }: PurgeRow): string =>
  lineOf({ type: 'purge', signed: purgeText({ tenantId, kept, until: until.toISOString(), removed, at: at.toISOString() }), keyId, signature });

const rangeOf = (db: Database, tenantId: string, { from, to }: Filters, cutoff: Date): Promise<{ from: number; to: number }> =>
  linksWithin(db, tenantId, from ? new Date(from) : undefined, to ? new Date(to) : cutoff);

/** What the file is of, and what retention let go. */
async function opening(source: Source, group: readonly Packed[], from: number, facts: { cutoff: string; keyId: string }): Promise<string> {
  const prevHash = group[0]?.prevHash.toString('hex') ?? null;
  const header = lineOf({ type: 'header', version: 1, tenantId: source.tenantId, fromSeq: group[0]?.firstSeq ?? from, prevHash, ...facts });
  return header + (await source.purges()).map(purgeLine).join('');
}

/**
 * The chain itself with every entry, as the offline verifier reads it: a header, records of what retention let go, then links with their
 * entries, each anchor after the link that it was signed for.
 */
export async function evidencePage(
  db: Database,
  tenantId: string,
  signer: Signer,
  filters: Filters,
  cutoff: Date,
  after: string | null,
): Promise<Page> {
  const source = chainIn(db, tenantId);
  const range = await rangeOf(db, tenantId, filters, cutoff);
  const from = after === null ? range.from : Number(after);
  const group = from > range.to ? [] : await source.segments(from, LINKS);
  let text = after === null ? await opening(source, group, from, { cutoff: cutoff.toISOString(), keyId: signer.keyId }) : '';
  if (group.length === 0) return { text, next: null, rows: 0, at: null };
  const links = group.flatMap((segment) => unpack(segment) ?? []);
  const entries = await source.entries(links.map(({ id }) => id));
  const end = group.at(-1)!.firstSeq + group.at(-1)!.count - 1;
  const anchors = new Map((await source.anchors(group[0]!.firstSeq, end)).map((anchor) => [anchor.seq, anchor]));
  for (const { seq, id, kind, content } of links) {
    text += lineOf({ type: 'link', seq, id, kind, content: content.toString('hex'), entry: entries.get(id) ?? null });
    const anchor = anchors.get(seq);
    if (anchor) text += anchorLine(anchor);
  }
  return { text, next: end >= range.to ? null : String(end + 1), rows: links.length, at: timeOf(links.at(-1)!.id) };
}
