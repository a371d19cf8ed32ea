import { z } from 'zod';
import { CONTROLLER_KINDS, NODE_ID } from '../providers/zerotier/port.ts';

export const CONTROLLER_STATES = ['unknown', 'ready', 'blocked', 'restoring'] as const;
export type ControllerState = (typeof CONTROLLER_STATES)[number];
export const STAGES = ['readiness', 'identity', 'derivation', 'networks', 'members'] as const;
export const FINDING_CLASSES = [
  'network_config', 'foreign_route', 'member_missing', 'member_deauthorized', 'member_address', 'member_unknown_authorized',
] as const; // prettier-ignore

export const Stage = z.object({ name: z.enum(STAGES), ok: z.boolean(), detail: z.string().nullable() });
export type Stage = z.output<typeof Stage>;

export const Finding = z.object({
  class: z.enum(FINDING_CLASSES),
  severity: z.enum(['warning', 'critical']),
  fabric: z.string(),
  networkId: z.string(),
  nodeId: z.string().nullable(),
  /** What is there and what should be. */
  detail: z.string(),
  since: z.iso.datetime(),
});
export type Finding = z.output<typeof Finding>;

export const BoundNetwork = z.object({ fabricId: z.uuid(), fabric: z.string(), networkId: z.string(), members: z.int() });

export const Controller = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(CONTROLLER_KINDS),
    baseUrl: z.string(),
    tokenReference: z.string(),
    tokenMark: z.string().nullable().meta({ help: 'First twelve digits of the SHA-256 of the token in use' }),
    nodeId: z.string().nullable(),
    software: z.string().nullable().meta({ help: 'Version, as the controller says it' }),
    state: z.enum(CONTROLLER_STATES),
    blockedCode: z.string().nullable(),
    detail: z.string().nullable(),
    remediation: z.string().nullable(),
    stages: z.array(Stage),
    findings: z.array(Finding),
    networks: z.array(BoundNetwork),
    preflightAt: z.iso.datetime().nullable(),
    readyAt: z.iso.datetime().nullable(),
    backupKeep: z.int().meta({ help: 'How many backups are kept' }),
    backupDaily: z.boolean().meta({ help: 'Whether one is taken each night' }),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeController' });

export const Member = z
  .object({
    id: z.uuid(),
    connectionId: z.uuid(),
    fabricId: z.uuid(),
    fabric: z.string(),
    networkId: z.string().nullable(),
    asn: z.int(),
    participant: z.string(),
    nodeId: z.string(),
    authorized: z.boolean().meta({ help: 'As the controller said it last' }),
    addresses: z.array(z.string()),
    revision: z.int().meta({ help: 'Grows with each change at the controller' }),
    observedAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeMember' });

export const controllerId = z.string().min(1).max(64).meta({ title: 'Controller', help: 'Its id or its name' });
export const memberId = z.uuid().meta({ title: 'Member' });
export const nodeId = z.string().trim().toLowerCase().regex(NODE_ID, 'ten hexadecimal digits').meta({ title: 'Node', help: 'As `zerotier-cli info` prints it', examples: ['a1b2c3d4e5'] }); // prettier-ignore

export const controllerFields = {
  backupKeep: z.int().min(1).max(60).meta({ title: 'Backups to keep', help: 'The newest so many; the content of older ones is let go of' }),
  backupDaily: z.boolean().meta({ title: 'Back up each night', help: 'At 03:00 UTC' }),
  name: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'small letters, digits and "-", 2 to 32').meta({ title: 'Name', examples: ['main'] }), // prettier-ignore
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .meta({ title: 'Address', help: 'Left out: the one that the installation names', examples: ['https://controller.example.net:8443'] }),
  token: z
    .string()
    .regex(/^secret:\/\/.{1,200}$/, 'a reference such as secret://ZEROTIER_TOKEN')
    .meta({ title: 'Token', help: 'A secret by reference: authtoken.secret of the controller, or an API token of ZeroTier Central', examples: ['secret://ZEROTIER_TOKEN'] }),
} as const; // prettier-ignore
