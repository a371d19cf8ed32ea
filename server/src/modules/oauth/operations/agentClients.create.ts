import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { AgentClient, clientView } from '../schemas.ts';

export const agentClientsCreate = defineOperation({
  name: 'agentClients.create',
  summary: 'Enter a program that people of this tenant may connect as an agent',
  description: 'Either one that describes itself at an address (`clientId`), or one that gets a client id here, with the addresses that its answers may go to.',
  permission: 'agentClients:write',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    name: z.string().trim().min(2).max(60).meta({ title: 'Name', examples: ['Claude Code'] }),
    clientId: z.url().max(500).optional().meta({ title: 'Address of its metadata document', examples: ['https://agent.example/client.json'] }),
    redirectUris: z.array(z.string().max(2_000)).max(20).default([]).meta({ title: 'Redirect URIs', help: 'Not needed with a metadata document', examples: [['http://127.0.0.1/callback']] }),
  }),
  output: AgentClient,
  targets: 'none',
  async run(ctx, { name, clientId, redirectUris }) {
    requirePerson(ctx.actor);
    if (clientId === undefined && redirectUris.length === 0)
      throw new Problem('validation-failed', 'Give the address of its metadata document, or its redirect URIs.', { errors: [{ pointer: '/redirectUris', message: 'At least one, or a metadata document' }] });
    const made = await ctx.provider(Authorization).enter(ctx.tenantId, { name, clientId, redirectUris, by: ctx.actor.id });
    ctx.emit('agentClient.entered', { id: made.id, clientId: made.clientId, name: made.name, by: ctx.actor.id });
    return clientView(made);
  },
}); // prettier-ignore
