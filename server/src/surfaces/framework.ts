import type { Socket } from 'node:net';
import type { FastifyError, FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';

/** Largest body unless a route says otherwise. */
export const MIB = 1_048_576;

/** What Fastify itself refuses, in our words. */
export function fromFramework(error: FastifyError, request: FastifyRequest): unknown {
  if (error instanceof Problem || error.statusCode === undefined || error.statusCode >= 500) return error;
  if (error.statusCode === 413)
    return new Problem(
      'body-too-large',
      `The body is larger than the ${Math.floor((request.routeOptions.bodyLimit ?? MIB) / 1024)} KiB that this route takes.`,
    );
  if (error.statusCode === 415) return new Problem('unsupported-media-type', 'Send the body as application/json.');
  return new Problem('malformed-request', `The request cannot be read (${error.code ?? 'bad request'}).`);
}

/** A request that Node could not even parse has no route and no reply; this is all that can be said on the bare socket. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('headers-too-large', 'The request line and headers are larger than 16 KiB.')
      : new Problem('malformed-request', 'The request is not valid HTTP.');
  const body = JSON.stringify(problem.toJSON());
  socket.end(
    `HTTP/1.1 ${problem.kind.status} ${problem.kind.title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
