import type { z } from 'zod';
import { effective } from './facts/facts.ts';
import type { Joined } from './find.ts';
import type { Connection, Fabric, Participant } from './schemas.ts';
import type { FabricRow, ParticipantRow } from './tables.ts';

interface Dated {
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
export const dates = ({ version, createdAt, updatedAt }: Dated) => ({
  version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const fabricView = (row: FabricRow, connections: number): z.input<typeof Fabric> => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  rsAsn: row.rsAsn,
  ipv6Prefix: row.ipv6Prefix,
  ipv4Prefix: row.ipv4Prefix,
  ipv4Mode: row.ipv4Mode,
  mtu: row.mtu,
  rpkiMode: row.rpkiMode,
  irrMode: row.irrMode,
  access: row.access,
  approvalMode: row.approvalMode,
  approvalBy: row.approvalByName,
  allowPrivateAsns: row.allowPrivateAsns,
  published: row.published,
  lookingglassPublic: row.lookingglassPublic,
  ixfId: row.ixfId,
  peeringdbIxId: row.peeringdbIxId,
  orphanedFrom: row.orphanedFrom,
  connections,
  ...dates(row),
});

export const participantView = (row: ParticipantRow): z.input<typeof Participant> => ({
  id: row.id,
  asn: row.asn,
  name: row.name,
  asSet: row.asSet,
  maxPrefixesV4: row.maxPrefixesV4,
  maxPrefixesV6: row.maxPrefixesV6,
  nocEmail: row.nocEmail,
  policyUrl: row.policyUrl,
  nameHidden: row.nameHidden,
  peeringdb: row.peeringdb,
  peeringdbAt: row.peeringdbAt?.toISOString() ?? null,
  peeringdbProblem: row.peeringdbProblem,
  effective: effective(row),
  ...dates(row),
});

export const connectionView = ({ connection, fabric, participant }: Joined): z.input<typeof Connection> => ({
  id: connection.id,
  fabricId: fabric.id,
  fabric: fabric.slug,
  participantId: participant.id,
  participant: participant.name,
  asn: participant.asn,
  tag: connection.tag,
  addressV6: connection.addressV6,
  addressV4: connection.addressV4,
  state: connection.state,
  roleStrict: connection.roleStrict,
  health: connection.health,
  ...dates(connection),
});
