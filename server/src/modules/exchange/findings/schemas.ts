import { z } from 'zod';
import { FINDING_CLASSES as OF_SERVERS } from '../applying/schemas.ts';
import { FINDING_CLASSES as OF_CONTROLLERS } from '../controllers/schemas.ts';

/** What can be found (exchange.md 11.9): on servers, at controllers, and whenever one of them is spoken to. */
export const CLASSES = [
  ...OF_SERVERS,
  ...OF_CONTROLLERS,
  'host_key_changed',
  'health_regression',
  'identity_changed',
  'irr_kept',
  'orphaned_port',
] as const;
export type FindingClass = (typeof CLASSES)[number];
export const SEVERITIES = ['warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
const MODES = ['auto', 'propose', 'report'] as const;
export type Mode = (typeof MODES)[number];
export const FINDING_STATES = ['open', 'repairing', 'ignored', 'repaired', 'gone'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export const Drift = z
  .object({
    id: z.uuid(),
    class: z.enum(CLASSES),
    severity: z.enum(SEVERITIES),
    mode: z.enum(MODES).meta({ help: 'Whether it is put right by itself, by a Change that waits for somebody, or by people alone' }),
    state: z.enum(FINDING_STATES),
    detail: z.string().meta({ help: 'What is there and what should be' }),
    fabric: z.string().nullable(),
    routeServer: z.string().nullable(),
    controller: z.string().nullable(),
    portId: z.uuid().nullable(),
    asn: z.int().nullable().meta({ help: 'Of the port' }),
    networkId: z.string().nullable(),
    nodeId: z.string().nullable(),
    isRepairable: z.boolean().meta({ help: 'exchange.drift.repair puts it right' }),
    changeId: z.uuid().nullable().meta({ help: 'The Change that puts it right, or is to' }),
    reason: z.string().nullable().meta({ help: 'Why it is left alone' }),
    ignoredBy: z.string().nullable(),
    ignoredUntil: z.iso.datetime().nullable(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ExchangeDrift' });

export const findingId = z.uuid().meta({ title: 'Finding' });
