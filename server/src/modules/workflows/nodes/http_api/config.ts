import { z } from 'zod';
import { Json } from '../../graph.ts';
import type { RawConfig } from '../declare.ts';

const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'A name of a header (RFC 9110)');
const secret = (title: string) => z.string().max(20_000).optional().meta({ title, expression: 'secret', widget: 'secret', help: 'secret://NAME' });

/** Where what a request proves itself with comes from; which fields count is said by `auth`. */
const Credentials = z.object({
  username: z.string().max(500).optional().meta({ title: 'User', help: 'basic' }),
  password: secret('Password'),
  token: secret('Token'),
  name: z
    .string()
    .max(100)
    .optional()
    .meta({ title: 'Name of the key', help: 'apikey: header or parameter', examples: ['X-API-Key'] }),
  in: z.enum(['header', 'query']).default('header').meta({ title: 'Key goes into' }),
  key: secret('Key'),
  tokenUrl: z.string().max(2_000).optional().meta({ title: 'Address of tokens', help: 'oauth2_client' }),
  clientId: z.string().max(500).optional().meta({ title: 'Client' }),
  clientSecret: secret('Secret of the client'),
  scope: z.string().max(1_000).optional().meta({ title: 'Scope' }),
  signingKey: secret('Signing key'),
  algorithm: z.enum(['sha256', 'sha512']).default('sha256').meta({ title: 'Digest', help: 'hmac' }),
  signatureHeader: HeaderName.default('X-Signature').meta({ title: 'Header of the signature' }),
  timestampHeader: HeaderName.optional().meta({ title: 'Header of the time', help: 'When given, `<seconds>.<body>` is signed instead of the body' }),
});

const Header = z.object({
  name: HeaderName.meta({ title: 'Name' }),
  value: z.string().max(8_192).optional().meta({ title: 'Value', expression: 'tpl' }),
  secret: secret('Or a secret'),
});

export const Config = z.object({
  url: z
    .string()
    .min(1)
    .max(8_192)
    .meta({ title: 'Address', expression: 'tpl', examples: ['https://netbox.example.net/api/dcim/devices/'] }),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET').meta({ title: 'Method' }),
  headers: z.array(Header).max(50).default([]).meta({ title: 'Headers' }),
  query: z
    .array(z.object({ name: z.string().min(1).max(200), value: z.string().max(8_192).meta({ expression: 'tpl' }) }))
    .max(100)
    .default([])
    .meta({ title: 'Parameters' }),
  bodyType: z.enum(['none', 'json', 'form', 'multipart', 'xml', 'text', 'graphql', 'file']).default('none').meta({ title: 'Body' }),
  body: Json.optional().meta({ title: 'Content', expression: 'tpl', widget: 'code' }),
  auth: z.enum(['none', 'basic', 'bearer', 'apikey', 'oauth2_client', 'hmac']).default('none').meta({ title: 'Proves itself by' }),
  credentials: Credentials.prefault({}).meta({ title: 'Credentials' }),
  timeoutSeconds: z.int().min(1).max(300).default(30).meta({ title: 'Time for one request, in seconds' }),
  followRedirects: z
    .int()
    .min(0)
    .max(20)
    .default(5)
    .meta({ title: 'Redirects', help: 'To another host nothing goes along that may be a credential' }),
  tls: z
    .object({
      verify: z.boolean().default(true),
      ca: secret('Certificate authority'),
      clientCert: secret('Certificate'),
      clientKey: secret('Its key'),
    })
    .prefault({})
    .meta({ title: 'TLS' }),
  maxResponseBytes: z.int().min(1).max(26_214_400).default(5_242_880).meta({ title: 'Largest answer, in bytes', help: 'Unpacked' }),
  parse: z.enum(['auto', 'json', 'text', 'xml', 'csv', 'file']).default('auto').meta({ title: 'Read the answer as' }),
  extract: z
    .string()
    .max(8_192)
    .optional()
    .meta({
      title: 'Extract',
      expression: 'expr',
      variables: ['status', 'headers', 'body', 'url', 'response'],
      help: 'Takes the place of the body; sees status, headers and body',
      examples: ['body.results'],
    }),
  successWhen: z
    .string()
    .max(8_192)
    .default('status < 400')
    .meta({ title: 'Good when', expression: 'expr', variables: ['status', 'headers', 'body', 'url', 'response'] }),
  idempotency: z.enum(['auto', 'header', 'none']).default('auto').meta({
    title: 'Idempotency key',
    help: 'auto: sent with writes. header: sent, and the server heeds it, so it may be tried again. none: not sent',
  }),
  idempotencyHeader: HeaderName.default('Idempotency-Key').meta({ title: 'Header of the key' }),
  pagination: z
    .object({
      next: z
        .string()
        .max(8_192)
        .meta({
          title: 'Next page',
          expression: 'expr',
          variables: ['status', 'headers', 'body', 'url', 'response'],
          help: 'Its address, or `{"query": {…}}`; null ends',
          examples: ['body.?next.orValue(null)'],
        }),
      maxPages: z.int().min(1).max(1_000).default(10).meta({ title: 'Pages at most' }),
    })
    .optional()
    .meta({ title: 'Pages' }),
  safe: z.boolean().default(false).meta({ title: 'Changes nothing', help: 'A POST that only asks: treated as a read' }),
});
export type Config = z.output<typeof Config>;

const READS: ReadonlySet<unknown> = new Set(['GET', 'HEAD', undefined]);
/** Methods that may be repeated by what HTTP says of them (RFC 9110, 9.2.2). */
const REPEATABLE: ReadonlySet<unknown> = new Set(['PUT', 'DELETE']);

export const isRead = ({ method, safe }: { method?: Json; safe?: Json }): boolean => READS.has(method) || safe === true;
export const isRepeatable = (config: RawConfig): boolean => isRead(config) || REPEATABLE.has(config['method']) || config['idempotency'] === 'header';
