import { canonicalJson } from '#kernel/ids.ts';
import type { Signatures } from '../providers/port.ts';
import type { Manifest, ReportRow } from '../tables.ts';

type Facts = Omit<Manifest, 'keyId' | 'signature'>;

/** What is signed: the facts in canonical JSON, marked so that no signature of another purpose fits. */
export const signedText = (facts: Facts): string => canonicalJson({ type: 'switchyard-report', version: 1, ...facts });

/** The claim that this file, and no other, is what was asked for. */
export function manifestOf(row: ReportRow, made: Pick<Facts, 'rows' | 'bytes' | 'sha256'>, { keyId, sign }: Signatures): Manifest {
  const { kind, format, filters, reach } = row;
  const [from, to, cutoff] = [row.from, row.to, row.cutoff].map((time) => time.toISOString()) as [string, string, string];
  const facts: Facts = { kind, format, from, to, filters, cutoff, reach, ...made };
  return { ...facts, keyId, signature: sign(signedText(facts)) };
}
