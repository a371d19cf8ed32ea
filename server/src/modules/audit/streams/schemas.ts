import { z } from 'zod';
import { KINDS, STATES } from './tables.ts';

const Time = z.iso.datetime();

export const id = z.uuid().meta({ title: 'Stream' });
export const streamFields = {
  name: z.string().trim().min(1).max(80).meta({ title: 'Name', examples: ['SIEM'] }),
  kind: z.enum(KINDS).meta({ title: 'Kind', help: 'syslog: RFC 5424 over TLS. webhook: signed messages over HTTPS' }),
  address: z
    .string()
    .trim()
    .min(8)
    .max(2_000)
    .meta({ title: 'Address', help: 'tls://host:6514 for syslog, https://… for a webhook; looked up and judged before every attempt', examples: ['tls://siem.example.com:6514'] }),
  ca: z
    .string()
    .max(20_000)
    .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, 'Certificates in PEM')
    .meta({ title: 'Certificate authority', help: 'Of the syslog receiver, in PEM; left out: those that the system trusts', widget: 'textarea' }),
  facility: z.coerce.number().int().min(0).max(23).meta({ title: 'Facility', help: 'Of syslog messages; 13 is log audit' }),
  entries: z.enum(['all', 'evidence']).meta({ title: 'Entries', help: 'evidence: without reads of nothing sensitive' }),
} as const; // prettier-ignore

export const Stream = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(KINDS),
    address: z.string(),
    ca: z.string().nullable(),
    facility: z.int(),
    entries: z.enum(['all', 'evidence']),
    state: z.enum(STATES).meta({ help: 'failing: at least three attempts in a row did not arrive; it is tried on' }),
    cursor: z.int().meta({ help: 'Number of the last link that has arrived, or that was left out' }),
    head: z.int().meta({ help: 'Number of the last link of the chain' }),
    sent: z.int().meta({ help: 'Entries that have arrived' }),
    gone: z.int().meta({ help: 'Entries that retention had let go before they could be sent' }),
    failures: z.int().meta({ help: 'In a row' }),
    error: z.string().nullable(),
    failedAt: Time.nullable(),
    sentAt: Time.nullable(),
    nextAt: Time.nullable().meta({ help: 'When it is tried again, after a failure' }),
    createdByName: z.string(),
    version: z.int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'AuditStream' });
export type Stream = z.infer<typeof Stream>;

/** The one answer that shows the secret. */
export const FreshStream = Stream.extend({
  secret: z.string().nullable().meta({ secret: true, help: 'Signs the messages of a webhook; shown in this answer and never again' }),
});
