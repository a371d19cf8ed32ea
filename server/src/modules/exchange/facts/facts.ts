import type { ParticipantRow } from '../tables.ts';

/** What a network says of itself in PeeringDB. */
export interface PeeringdbFacts {
  netId: number;
  name: string;
  /** One or several, with a blank between them, without the name of a registry. */
  asSet: string | null;
  maxPrefixesV4: number | null;
  maxPrefixesV6: number | null;
  website: string | null;
  /** Of those that PeeringDB shows to everybody. */
  nocEmail: string | null;
  policyUrl: string | null;
  neverViaRs: boolean;
}

const SETTABLE = ['asSet', 'maxPrefixesV4', 'maxPrefixesV6', 'nocEmail', 'policyUrl'] as const;
type Effective = Pick<ParticipantRow, (typeof SETTABLE)[number]>;

/** What holds of a network: what a person set goes before what PeeringDB says. */
export const effective = (row: ParticipantRow): Effective =>
  Object.fromEntries(SETTABLE.map((field) => [field, row[field] ?? row.peeringdb?.[field] ?? null])) as Effective;

const DAY_MS = 86_400_000;
/** Asked again once a day; what did not answer, too. */
export const isDue = ({ peeringdbTriedAt }: Pick<ParticipantRow, 'peeringdbTriedAt'>, now: Date): boolean =>
  peeringdbTriedAt === null || now.getTime() - peeringdbTriedAt.getTime() >= DAY_MS;
