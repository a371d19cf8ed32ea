import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';
import { PassReport } from './schemas.ts';

const Id = z.uuid();
const named = { id: Id, name: z.string() };
const told = (summary: string, data: Record<string, z.ZodType>): EventDeclaration => ({ summary, data: z.object(data) });
const finding = {
  id: Id,
  connectionId: Id.nullable(),
  serverId: Id.nullable(),
  externalId: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
};
const reached = { ...named, before: z.string(), after: z.string() };

/** What this module announces. */
export const cloudEvents: Record<string, string | EventDeclaration> = {
  'cloud.created': told('A cloud or DNS server was connected', { ...named, kind: z.string() }),
  'cloud.updated': told('A connection was changed', { ...named, fields: z.array(z.string()) }),
  'cloud.deleted': told('A connection was removed', { ...named, forgotten: z.array(Id).meta({ help: 'Servers that are managed no longer' }) }),
  'cloud.rotated': told('The credential of a connection was replaced', named),
  'cloud.validated': told('A connection was checked again', { ...named, ok: z.boolean() }),
  'cloud.sync_completed': told('A connection was compared with what is there', { ...named, ...PassReport.shape }),
  'cloud.recovered': told('A connection works again', reached),
  'cloud.degraded': told('A connection works in part, or its list is not believed', reached),
  'cloud.auth_failed': told('The provider refuses the credential of a connection', reached),
  'cloud.unreachable': told('The provider behind a connection does not answer', reached),
  'cloud.paused': told('Calls through a connection were stopped', reached),
  'server.created': told('A server was made', { ...named, connectionId: Id, environment: z.string().nullable() }),
  'server.imported': told('A server that existed at the provider is managed now', { ...named, connectionId: Id, externalId: z.string() }),
  'server.state_changed': told('A server went from one state to another', { ...named, before: z.string(), after: z.string() }),
  'server.deleted': told('A server was deleted for good', { ...named, connectionId: Id.nullable(), externalId: z.string().nullable() }),
  'server.missing': told('A server vanished at the provider', { ...named, externalId: z.string().nullable(), before: z.string() }),
  'drift.opened': told('Something is not as it should be', finding),
  'drift.closed': told('Something is as it should be again', finding),
  'drift.decided': told('Somebody decided on a drift finding', { id: Id, serverId: Id.nullable(), kind: z.string(), field: z.string().nullable(), decision: z.string() }),
}; // prettier-ignore
