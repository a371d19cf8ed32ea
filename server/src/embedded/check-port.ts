import { createServer } from 'node:net';
import { StartError, codeOf } from './start-error.ts';

/** Throws StartError when we could not listen there; so it is said before anything is started. */
export const checkPort = (port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(listenError(error, port, host) ?? error));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });

/** What `listen` said, as one line with a remedy. */
export function listenError(error: unknown, port: number, host: string): StartError | undefined {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} is taken by another program.`,
        `Stop it (\`ss -ltnp 'sport = :${port}'\` names it), or choose another port: PORT=${port + 1} npm start`,
        { cause: error },
      );
    case 'EACCES':
      return new StartError(`Port ${port} may only be opened by root.`, 'Choose one above 1023, such as PORT=8420.', { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`This machine has no address ${host}.`, 'Use 127.0.0.1, 0.0.0.0 or an address of this machine.', { cause: error });
    default:
      return undefined;
  }
}
