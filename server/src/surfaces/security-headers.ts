import helmet from '@fastify/helmet';
import Fastify from 'fastify';

const policy = (secure: boolean): Record<string, string[]> => ({
  'default-src': ["'self'"],
  // Components measure and place themselves with inline styles; scripts never are inline.
  'style-src': ["'self'", "'unsafe-inline'"],
  'script-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
});

/** Of every answer, helmet or not. */
const OWN = new Set(['content-type', 'content-length', 'date', 'connection']);
/** What matters where no page is shown, by OWASP's REST security cheat sheet; the rest is about documents. */
const FOR_PROGRAMS = new Set(['cross-origin-resource-policy', 'strict-transport-security', 'x-content-type-options', 'x-frame-options']);

type Headers = Record<string, string>;

/**
 * What browsers are told with every answer. Helmet works it out anew each time, which costs as much as the framework itself; ours is
 * the same for all, so it is asked once.
 */
export async function securityHeaders(secure: boolean): Promise<{ forPages: Headers; forPrograms: Headers }> {
  const once = Fastify();
  await once.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy(secure) },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  once.get('/', async () => '');
  const { headers } = await once.inject('/');
  await once.close();
  const forPages = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (OWN.has(name) ? [] : [[name, String(value)]])));
  const kept = Object.entries(forPages).filter(([name]) => FOR_PROGRAMS.has(name));
  return {
    forPages,
    forPrograms: {
      ...Object.fromEntries(kept),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
  };
}
