import { serveStdio, type StdioServerHandle } from '@modelcontextprotocol/server/stdio';
import { newId } from '#kernel/ids.ts';
import { productServer, type McpDeps } from './server.ts';

/**
 * MCP over this process's standard input and output, with one credential for all of it. Nothing else may write to standard output:
 * log to standard error.
 */
export const serveMcpStdio = ({ token, tenant, ...deps }: Omit<McpDeps, 'exchangeOf'> & { token: string; tenant?: string }): StdioServerHandle =>
  serveStdio(
    productServer({
      ...deps,
      exchangeOf: () => ({
        call: {
          surface: 'mcp',
          credentials: { kind: 'bearer', token },
          ...(tenant === undefined ? {} : { tenant }),
          ip: null,
          requestId: newId(),
          envelope: {},
        },
      }),
    }),
  );
