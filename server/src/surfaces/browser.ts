import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Browser } from '#kernel/context.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { hostName } from './transport.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Tenant whose own host name the request was sent to, by id. */
    hostTenant: string | undefined;
  }
}

/** What sign-in operations may see and set of the client at the other end. */
export const browserOf = (request: FastifyRequest, reply: FastifyReply): Browser => ({
  host: hostName(request.headers.host),
  userAgent: request.headers['user-agent']?.slice(0, 400) ?? null,
  cookie: (name) => cookieOf(request, name),
  setCookie: (name, value, wanted) => setCookie(reply, name, value, wanted),
});
