import { defineProblems } from '#kernel/problem.ts';

// What is behind `oauth-` is the error code of RFC 6749, 7591 and 8707 with hyphens; the protocol's endpoints answer with it.
defineProblems({
  'oauth-invalid-request': {
    status: 400,
    title: 'Request of the agent is not valid',
    meaning:
      'A parameter of the OAuth request is missing, is there twice, or is not of the form that OAuth 2.1 asks for; PKCE with S256 is demanded.',
    remedy: 'This is for whoever makes the agent: `detail` names the parameter.',
  },
  'oauth-invalid-client': {
    status: 401,
    title: 'Agent is not known',
    meaning: 'No program is registered under this client id, or its metadata document cannot be used.',
    remedy: 'Let the agent register again, enter it under Settings, Agents, or have its maker correct the document.',
  },
  'oauth-invalid-redirect-uri': {
    status: 400,
    title: 'Address to return to is not allowed',
    meaning: 'The agent wants to get the answer at an address that it has not registered, or that no program may register.',
    remedy:
      'This is for whoever makes the agent: it has to use one of its registered redirect URIs, to the letter; only the port of a loopback address is free.',
  },
  'oauth-invalid-client-metadata': {
    status: 400,
    title: 'Registration of the agent is not valid',
    meaning: 'The metadata that the agent registers with cannot be used.',
    remedy: 'This is for whoever makes the agent: `detail` names the member.',
  },
  'oauth-invalid-grant': {
    status: 400,
    title: 'Code or refresh token is not good',
    meaning:
      'The code or refresh token is unknown, over, used before, or was made for another program. What is used twice ends every token that came from it.',
    remedy: 'Connect the agent again.',
  },
  'oauth-invalid-scope': {
    status: 400,
    title: 'Scope is not known',
    meaning: 'The agent asked for a scope other than switchyard.read, switchyard.write and switchyard.high, or for more than it was given.',
    remedy: 'This is for whoever makes the agent.',
  },
  'oauth-invalid-target': {
    status: 400,
    title: 'Resource is not here',
    meaning: 'The agent asked for a token for an address that is no MCP endpoint of this installation.',
    remedy: 'Configure the agent with the address that Settings, Agents shows.',
  },
  'oauth-unsupported-grant-type': {
    status: 400,
    title: 'Grant type is not supported',
    meaning: 'Only `authorization_code` and `refresh_token` lead to tokens.',
    remedy: 'This is for whoever makes the agent.',
  },
  'oauth-registration-closed': {
    status: 403,
    title: 'Agents cannot register themselves',
    meaning: 'This installation takes no registrations by programs.',
    remedy:
      'Use an agent with a client id metadata document, enter it under Settings, Agents, or have the operator set SWITCHYARD_OAUTH_REGISTRATION to open.',
  },
  'agent-not-allowed': {
    status: 403,
    title: 'Agent is not allowed in this tenant',
    meaning: 'The tenant lets people connect only those programs that an administrator has entered, and this is none of them.',
    remedy: 'Ask an administrator to enter it under Settings, Agents.',
  },
  'consent-over': {
    status: 410,
    title: 'Request is over',
    meaning: 'The request of the agent was answered already, or is older than ten minutes.',
    remedy: 'Start the connection again in the agent.',
  },
});
