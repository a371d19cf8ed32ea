import { z } from 'zod';
import { EDITABLE_TYPES } from './rdata/types.ts';
import { MAX_TTL } from './records.ts';

export const ZONE_STATES = ['creating', 'active', 'updating', 'error', 'deleting', 'deleted', 'missing'] as const;
export type ZoneState = (typeof ZONE_STATES)[number];

export const Zone = z.object({
  id: z.string(),
  name: z.string(),
  unicodeName: z.string().meta({ title: 'Name', help: 'With the letters that A-labels stand for' }),
  connectionId: z.string(),
  provider: z.enum(['embedded', 'rfc2136']),
  environment: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  state: z.enum(ZONE_STATES),
  stateReason: z.string().nullable(),
  serial: z.int().nullable(),
  defaultTtl: z.int(),
  protection: z.object({ delete: z.boolean() }),
  nameservers: z.array(z.string()),
  recordCount: z.int(),
  /** Number of the newest version in the history. */
  revision: z.int(),
  openChange: z.object({ id: z.string(), number: z.string().nullable() }).nullable(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
});
export type Zone = z.output<typeof Zone>;

export const Record = z.object({
  id: z.string(),
  zoneId: z.string(),
  name: z.string().meta({ title: 'Name', help: 'Absolute, without the final dot' }),
  unicodeName: z.string(),
  type: z.string(),
  ttl: z.int(),
  value: z.string().meta({ title: 'Value', help: 'Presentation form of the data; hosts end in a dot' }),
  comment: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Record = z.output<typeof Record>;

/** What one set was and becomes; null: not there. */
const SetState = z.object({ ttl: z.int(), values: z.array(z.string()) }).nullable();
export const SetDifference = z.object({ name: z.string(), type: z.string(), before: SetState, after: SetState });

export const ZoneVersion = z.object({
  version: z.int(),
  at: z.string(),
  changeId: z.string(),
  operation: z.string(),
  by: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  serial: z.int(),
  created: z.int(),
  updated: z.int(),
  deleted: z.int(),
});

export const zoneId = z.uuid().meta({ title: 'Zone', widget: 'dns-zone' });
export const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'small letters, digits and "-", at most 31')
  .meta({ title: 'Environment', help: '`prod` asks for approvals', examples: ['dev', 'staging', 'prod'] });
export const labels = z
  .record(
    z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._/-]{0,315}[A-Za-z0-9])?$/),
    z.string().regex(/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/),
  )
  .refine((given) => Object.keys(given).length <= 32, 'at most 32 labels')
  .refine((given) => Object.keys(given).every((key) => !key.startsWith('switchyard-')), 'labels that begin with "switchyard-" are reserved');

export const ttl = z.coerce
  .number()
  .int()
  .min(0)
  .max(MAX_TTL)
  .meta({ title: 'TTL', help: 'Seconds for which resolvers may keep the answer; all records of one name and type share it', examples: [3600] });
export const recordName = z
  .string()
  .min(1)
  .max(1_024)
  .meta({ title: 'Name', help: '`@` for the zone itself, relative to it (www), or whole (www.example.test)', examples: ['www', '@', '*.dev'] });
export const recordType = z
  .string()
  .regex(/^[A-Za-z0-9]{1,12}$/, 'a record type such as A or TXT')
  .meta({ title: 'Type', help: `One of ${EDITABLE_TYPES.join(', ')}, or TYPEnnn (RFC 3597)`, examples: [...EDITABLE_TYPES] });
export const recordData = z
  .string()
  .min(1)
  .max(70_000)
  .meta({
    title: 'Value',
    help: 'As in a zone file; host names are absolute. TXT without quotes is taken literally',
    examples: ['192.0.2.1', '10 mail.example.test'],
  });
export const recordComment = z.string().max(500).nullable().meta({ title: 'Remark', help: 'Kept with the record, not published' });
export const applyToSet = z.boolean().meta({ title: 'Apply TTL to the whole set' });
