import { z } from 'zod';
import { nodeId } from '../controllers/schemas.ts';
import { asn, connectionFields, health } from '../schemas.ts';
import { STATUSES, WAITS_FOR } from './rules.ts';

export const STAGES = ['gate', 'address', 'controller', 'route_servers'] as const;
export type Stage = (typeof STAGES)[number];

export const Failure = z.object({ stage: z.enum(STAGES), code: z.string(), message: z.string(), at: z.iso.datetime() });
export type Failure = z.output<typeof Failure>;

export const JoinRequest = z
  .object({
    id: z.uuid(),
    fabricId: z.uuid(),
    fabric: z.string(),
    fabricName: z.string(),
    asn: z.int(),
    network: z.string().nullable().meta({ help: 'As PeeringDB calls it' }),
    requester: z.object({ id: z.uuid(), name: z.string() }),
    right: z.object({ source: z.enum(['peeringdb', 'local']), verifiedAt: z.iso.datetime() }).meta({ help: 'Who said that they speak for the network, and when' }), // prettier-ignore
    nodeId: z.string().nullable(),
    roleStrict: z.boolean(),
    notes: z.string().nullable(),
    status: z.enum(STATUSES),
    statusSeq: z.int().meta({ help: 'Grows by one with each change of the status' }),
    statusAt: z.iso.datetime(),
    reason: z.string().nullable().meta({ help: 'Why it was rejected or suspended' }),
    decidedBy: z.string().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decisionSource: z.enum(['person', 'policy']).nullable(),
    decisionRule: z.string().nullable().meta({ help: 'The rule that agreed, in the name of `decidedBy`' }),
    waitsFor: z.enum(WAITS_FOR).nullable().meta({ help: 'Of a fabric under `policy_auto`: why the rule has not agreed, so that a person decides' }),
    changeId: z.uuid().nullable().meta({ help: 'The Change that carries it out, or did so last' }),
    connectionId: z.uuid().nullable(),
    health,
    addressV6: z.string().nullable(),
    addressV4: z.string().nullable(),
    provisionedAt: z.iso.datetime().nullable(),
    failedStage: z.enum(STAGES).nullable(),
    lastError: Failure.nullable(),
    retryCount: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeJoinRequest' });

const notes = z.string().trim().min(1).max(2_000).meta({ title: 'Notes', help: 'For whoever decides', widget: 'textarea' });
export const requestFields = { asn, nodeId, notes, roleStrict: connectionFields.roleStrict } as const;
export const requestId = z.uuid().meta({ title: 'Join request' });
export const portId = z.uuid().meta({ title: 'Port', help: 'The id of the join request that it was' });
export const reason = z.string().trim().min(3).max(1_000).meta({ title: 'Reason', help: 'The member reads it', widget: 'textarea' });
