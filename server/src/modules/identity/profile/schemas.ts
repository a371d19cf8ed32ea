import { z } from 'zod';
import { describeAgent } from '../agents.ts';
import { maskedIp } from '../network.ts';
import { Locale, NamePart, PersonName, Zone } from '../registration/schemas.ts';
import type { ActivityRow } from './activity.ts';
import { avatarUrl } from './avatars.ts';
import type { ProfileRecord } from './port.ts';

export const Me = z.object({
  id: z.uuid(),
  email: z.string(),
  emailVerified: z.boolean(),
  pendingEmail: z.string().nullable().meta({ help: 'Asked for, and not confirmed yet' }),
  name: z.string(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  locale: z.string().nullable(),
  zone: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  phone: z.string().nullable().meta({ help: 'E.164' }),
  createdAt: z.iso.datetime(),
  lastLoginAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export const me = ({ avatarId, createdAt, lastLoginAt, ...record }: ProfileRecord): z.input<typeof Me> => ({
  ...record,
  avatarUrl: avatarUrl(record.id, avatarId),
  createdAt: createdAt.toISOString(),
  lastLoginAt: lastLoginAt?.toISOString() ?? null,
});

/** What a person may change of themselves, and nothing else: any other field is refused. */
export const MeEdit = z.object({
  name: PersonName.optional(),
  givenName: NamePart.nullable().optional().meta({ title: 'Given name' }),
  familyName: NamePart.nullable().optional().meta({ title: 'Family name' }),
  locale: Locale.nullable().optional(),
  zone: Zone.nullable().optional(),
});

export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).meta({ title: 'Theme' }),
  locale: z.string().nullable(),
  zone: z.string().nullable(),
  dateFormat: z.enum(['locale', 'iso', 'relative']).meta({ title: 'Dates', help: 'As the language has it, ISO 8601, or by how long ago' }),
  landingPage: z.string(),
  version: z.int(),
});
export const PreferencesEdit = z.object({
  theme: Preferences.shape.theme.optional(),
  locale: Locale.nullable().optional(),
  zone: Zone.nullable().optional(),
  dateFormat: Preferences.shape.dateFormat.optional(),
  landingPage: z
    .string()
    .max(200)
    // One slash: with two it would be another host.
    .regex(/^\/(?![/\\])[\w\-./~]*$/, 'A path of this application, such as /dashboard')
    .optional()
    .meta({ title: 'First page', help: 'Where you land after signing in' }),
});

export const Activity = z.object({
  id: z.uuid(),
  kind: z.string().meta({ examples: ['auth.login', 'auth.password_changed'] }),
  at: z.iso.datetime(),
  ip: z.string().nullable().meta({ help: 'The last part is hidden' }),
  device: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export const activity = ({ id, kind, at, ip, agent, detail }: ActivityRow): z.input<typeof Activity> => ({
  id,
  kind,
  at: at.toISOString(),
  ip: maskedIp(ip),
  device: agent === null ? null : describeAgent(agent),
  detail,
});
