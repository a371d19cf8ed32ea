import type { FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** We are reached by HTTPS, so cookies are bound to this very host (RFC 6265bis, `__Host-`). */
    secure: boolean;
  }
}

export const SESSION_COOKIE = 'sy_session';

/** Over plain HTTP browsers refuse the prefix, and there is nothing it could protect. */
const cookieName = (secure: boolean, name: string): string => (secure ? `__Host-${name}` : name);

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
