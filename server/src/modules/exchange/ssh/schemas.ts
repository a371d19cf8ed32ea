import { z } from 'zod';
import { Following } from '../applying/schemas.ts';

export const ACCESS_STATES = ['unknown', 'ready', 'unreachable', 'blocked'] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

const HOST_KEY = /^(ssh-ed25519|ecdsa-sha2-nistp256|ssh-rsa) ([A-Za-z0-9+/]{40,1000}={0,2})$/;

/** Kind and key, without the comment that follows. */
export const bareKey = (line: string): string => line.split(/\s+/).slice(0, 2).join(' ');

/** In the wire format of SSH a key begins with the length and the name of its kind. */
function isHostKey(text: string): boolean {
  const [, kind = '', key = ''] = HOST_KEY.exec(text) ?? [];
  const bytes = Buffer.from(key, 'base64');
  return kind !== '' && bytes.length > 4 && bytes.readUInt32BE(0) === kind.length && bytes.toString('latin1', 4, 4 + kind.length) === kind;
}

export const accessFields = {
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$/, 'a name or an address')
    .meta({ title: 'Host', help: 'Name or address of its SSH server', examples: ['rs1.fra.example.net'] }),
  port: z.int().min(1).max(65_535).meta({ title: 'Port' }),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'a user name of Linux')
    .meta({ title: 'User' }),
  hostKey: z
    .string()
    .trim()
    .max(1_200)
    .refine((text) => isHostKey(bareKey(text)), 'a line such as that of /etc/ssh/ssh_host_ed25519_key.pub')
    .meta({ title: 'Host key', help: 'The line of /etc/ssh/ssh_host_ed25519_key.pub on the server; no other key is ever accepted', examples: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'] }),
} as const; // prettier-ignore

export const Access = z
  .object({
    host: z.string(),
    port: z.int(),
    user: z.string(),
    hostKey: z.string(),
    fingerprint: z.string().meta({ help: 'As `ssh-keygen -l` prints it' }),
    publicKey: z.string().meta({ help: 'Of this installation, for this route server alone' }),
    state: z.enum(ACCESS_STATES),
    problemCode: z.string().nullable(),
    detail: z.string().nullable(),
    birdVersion: z.string().nullable(),
    loadedGeneration: z.int().nullable().meta({ help: 'What BIRD said that it has' }),
    currentGeneration: z.int().nullable().meta({ help: 'What BIRD begins with after a restart' }),
    checkedAt: z.iso.datetime().nullable(),
    readyAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'ExchangeRouteServerAccess' });

export const RouteServerStatus = z
  .object({ routeServer: z.string(), access: Access.nullable(), following: Following.nullable() })
  .meta({ id: 'ExchangeRouteServerStatus' });

export const CHECKS = ['connection', 'program', 'bird', 'version', 'folder', 'space', 'configuration', 'quiet'] as const;
export const Checked = z
  .object({
    routeServer: z.string(),
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.enum(CHECKS), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'ExchangeRouteServerChecked' });
export type Check = z.output<typeof Checked>['checks'][number];
