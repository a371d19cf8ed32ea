import { Cloud, Network, Server, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import type { ConnectionKind } from './types.ts';

export const kindIcons: Record<ConnectionKind, LucideIcon> = { simulated: Cloud, rfc2136: Network, 'embedded-dns': Server };

/** What is asked for each kind, as the form draws it; the server's schema decides. */
export function kindSchema(kind: ConnectionKind): JsonSchema {
  if (kind === 'embedded-dns') return { type: 'object', properties: {} };
  if (kind === 'simulated')
    return {
      type: 'object',
      required: ['seed', 'speed', 'latencyMs', 'lagSeconds'],
      properties: {
        seed: { type: 'string', title: t('kind.seed'), help: t('kind.seed.help'), maxLength: 64, default: 'switchyard' },
        speed: { type: 'number', title: t('kind.speed'), help: t('kind.speed.help'), minimum: 0, maximum: 10_000, default: 1 },
        latencyMs: { type: 'integer', title: t('kind.latency'), minimum: 0, maximum: 5000, default: 35 },
        lagSeconds: { type: 'number', title: t('kind.lag'), help: t('kind.lag.help'), minimum: 0, maximum: 5, default: 0 },
      },
    };
  return {
    type: 'object',
    required: ['server', 'port', 'tsigName', 'tsigAlgorithm', 'tsigSecret'],
    properties: {
      server: { type: 'string', title: t('kind.server'), help: t('kind.server.help'), examples: ['ns1.example.net'], maxLength: 253 },
      port: { type: 'integer', title: t('kind.port'), minimum: 1, maximum: 65_535, default: 53 },
      tsigName: { type: 'string', title: t('kind.tsigName'), examples: ['switchyard.'], maxLength: 253 },
      tsigAlgorithm: { type: 'string', title: t('kind.tsigAlgorithm'), enum: ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'], default: 'hmac-sha256' },
      tsigSecret: { type: 'string', title: t('kind.tsigSecret'), help: t('kind.tsigSecret.help'), widget: 'secret' },
      zone: { type: 'string', title: t('kind.zone'), help: t('kind.zone.help'), examples: ['example.net'], maxLength: 253 },
    },
  };
}

const SECRETS = new Set(['tsigSecret']);
const isSet = (value: unknown): boolean => value !== undefined && value !== '';

/** The form's fields as the operation takes them: settings and credential apart, blanks left out. */
export function connectionInput(kind: ConnectionKind, fields: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, value]) => isSet(value));
  const credential = given.filter(([name]) => SECRETS.has(name));
  return {
    kind,
    config: Object.fromEntries(given.filter(([name]) => !SECRETS.has(name))),
    ...(credential.length > 0 ? { credential: Object.fromEntries(credential) } : {}),
  };
}

/** `/config/server` as `/server`: errors of the server at the form's own fields. */
export const fieldErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([pointer, message]) => [pointer.replace(/^\/(?:config|credential)(?=\/)/, ''), message]));
