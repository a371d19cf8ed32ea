import { defineModule } from '#kernel/module.ts';
import { sweepClients } from './clients.ts';
import { agentClientsCreate } from './operations/agentClients.create.ts';
import { agentClientsDelete } from './operations/agentClients.delete.ts';
import { agentClientsList } from './operations/agentClients.list.ts';
import { agentsDisconnect } from './operations/agents.disconnect.ts';
import { agentsList } from './operations/agents.list.ts';
import { agentsProve } from './operations/agents.prove.ts';
import { oauthAuthorize } from './operations/oauth.authorize.ts';
import { oauthConsentApprove } from './operations/oauth.consent.approve.ts';
import { oauthConsentDeny } from './operations/oauth.consent.deny.ts';
import { oauthConsentGet } from './operations/oauth.consent.get.ts';
import { oauthRegister } from './operations/oauth.register.ts';
import { oauthRevoke } from './operations/oauth.revoke.ts';
import { oauthToken } from './operations/oauth.token.ts';
import { operationsDescribe } from './operations/operations.describe.ts';
import { operationsSearch } from './operations/operations.search.ts';
import './problems.ts';
import { sweepRequests } from './requests.ts';
import { sweepTokens } from './tokens.ts';

export {
  agentClientsCreate,
  agentClientsDelete,
  agentClientsList,
  agentsDisconnect,
  agentsList,
  agentsProve,
  oauthAuthorize,
  oauthConsentApprove,
  oauthConsentDeny,
  oauthConsentGet,
  oauthRegister,
  oauthRevoke,
  oauthToken,
  operationsDescribe,
  operationsSearch,
};

/** Agents of people: our OAuth 2.1 authorization server for MCP clients, what they were allowed, and the search over what they may call. */
export const oauth = defineModule({
  name: 'oauth',
  after: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    oauthAuthorize,
    oauthToken,
    oauthRevoke,
    oauthRegister,
    oauthConsentGet,
    oauthConsentApprove,
    oauthConsentDeny,
    agentsList,
    agentsDisconnect,
    agentsProve,
    agentClientsList,
    agentClientsCreate,
    agentClientsDelete,
    operationsSearch,
    operationsDescribe,
  ],
  events: {
    'agent.connected': 'A person let an agent act for them',
    'agent.reused': 'A code or token of an agent was used a second time, so what came from it was ended',
    'agent.disconnected': 'The access of an agent was ended, by its person or an administrator',
    'agentClient.entered': 'A program was put on the list of agents of the tenant',
    'agentClient.removed': 'A program was taken off the list of agents of the tenant',
  },
  schedules: [
    {
      name: 'agents-sweep',
      cron: '37 * * * *',
      async platform(db, now) {
        await sweepTokens(db, now);
        await sweepRequests(db, now);
        await sweepClients(db, now);
      },
    },
  ],
});
