import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Browser } from '#kernel/context.ts';
import { hostName } from './transport.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** We are reached by HTTPS, so cookies are bound to this very host (RFC 6265bis, `__Host-`). */
    secure: boolean;
  }
  interface FastifyRequest {
    /** Tenant whose own host name the request was sent to, by id. */
    hostTenant: string | undefined;
  }
}

/** Over plain HTTP browsers refuse the prefix, and there is nothing it could protect. */
export const cookieName = (secure: boolean, name: string): string => (secure ? `__Host-${name}` : name);

export const cookieOf = (request: FastifyRequest, name: string): string | undefined => request.cookies[cookieName(request.server.secure, name)];

/** SameSite=None needs Secure; on a plain HTTP installation a form from another site arrives without the cookie and is refused. */
const options = (secure: boolean, cross = false) => ({
  path: '/',
  httpOnly: true,
  secure,
  sameSite: cross && secure ? ('none' as const) : ('lax' as const),
});

export const setCookie = (
  reply: FastifyReply,
  name: string,
  value: string,
  { maxAgeSeconds, cross }: { maxAgeSeconds?: number; cross?: boolean } = {},
): void => {
  const { secure } = reply.server;
  void reply.setCookie(cookieName(secure, name), value, {
    ...options(secure, cross),
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  });
};

export const clearCookie = (reply: FastifyReply, name: string): void =>
  void reply.clearCookie(cookieName(reply.server.secure, name), options(reply.server.secure));

/** What sign-in operations may see and set of the client at the other end. */
export const browserOf = (request: FastifyRequest, reply: FastifyReply): Browser => ({
  host: hostName(request.headers.host),
  userAgent: request.headers['user-agent']?.slice(0, 400) ?? null,
  cookie: (name) => cookieOf(request, name),
  setCookie: (name, value, wanted) => setCookie(reply, name, value, wanted),
});
