import { z } from 'zod';
import { maskedIp } from '#kernel/network.ts';
import type { AgentRecord, ListedClient } from './providers/port.ts';
import { scopesOf } from './rules.ts';

export const Level = z.enum(['read', 'write', 'high']).meta({ title: 'What the agent may do', help: 'Each includes what comes before it' });
export const Kind = z.enum(['listed', 'document', 'dynamic']).meta({
  help: 'How the program is known: entered by an administrator, described by a document at an address of its own, or registered by itself',
});
/** Parameters come from strangers: long ones are refused before anything reads them. */
export const parameter = z.string().max(4_096).regex(/^\P{Cc}*$/u, 'No control characters'); // prettier-ignore

export const Agent = z.object({
  id: z.uuid(),
  name: z.string().meta({ help: 'As the program calls itself' }),
  clientId: z.string(),
  kind: Kind,
  host: z.string().meta({ help: 'Where its answers go' }),
  risk: Level,
  scopes: z.array(z.string()),
  endpoint: z.string().meta({ help: 'The one address that its tokens are good for' }),
  person: z.object({ id: z.uuid(), name: z.string() }).meta({ help: 'Whom it acts for' }),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedIp: z.string().nullable().meta({ help: 'The last part is hidden' }),
});

export const agentView = ({ createdAt, lastUsedAt, lastUsedIp, ...record }: AgentRecord): z.input<typeof Agent> => ({
  ...record,
  scopes: scopesOf(record.risk),
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  lastUsedIp: maskedIp(lastUsedIp),
});

export const AgentClient = z.object({
  id: z.uuid(),
  clientId: z.string(),
  name: z.string(),
  redirectUris: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export const clientView = ({ createdAt, redirectUris, ...client }: ListedClient): z.input<typeof AgentClient> => ({
  ...client,
  redirectUris: [...redirectUris],
  createdAt: createdAt.toISOString(),
});

export const request = z.string().regex(/^[\w-]{43}$/, 'Not a request of an agent').meta({ title: 'Request', secret: true }); // prettier-ignore
export const Sent = z.object({ location: z.string().meta({ help: 'Where the browser goes now' }) });
