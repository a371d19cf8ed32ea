import { z } from 'zod';

/** `secret`: its value is never shown. `variable`: shown, unless its type is `secret`. */
export type ValueKind = 'secret' | 'variable';

export const SCOPES = ['workspace', 'project'] as const;
export type SecretScope = (typeof SCOPES)[number];

export const VALUE_TYPES = ['text', 'secret', 'multiline', 'url', 'number', 'json'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export const ACCESS_RESULTS = ['success', 'denied', 'failed'] as const;
export type AccessResult = (typeof ACCESS_RESULTS)[number];

export const id = z.uuid().meta({ title: 'Id' });

/** Judged by `requireName`, whose problems say more than a pattern does. */
export const secretName = z
  .string()
  .min(1)
  .max(200)
  .meta({ title: 'Name', help: 'Capital letters, digits and "_"; it cannot be changed later', examples: ['DATABASE_PASSWORD'] });
export const scope = z.enum(SCOPES).meta({ title: 'Scope', help: 'A project’s value goes before that of the workspace' });
export const project = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and "-", at most 63')
  .meta({ title: 'Project', help: 'For scope project', examples: ['shop'] });
export const environment = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'small letters, digits and "-", at most 31')
  .meta({ title: 'Environment', help: 'All environments when left empty', examples: ['dev', 'staging', 'prod'] });
export const valueType = z.enum(VALUE_TYPES).meta({ title: 'Type' });
/** At most 64 KiB in UTF-8; `requireValue` says so. */
export const value = z
  .string()
  .min(1)
  .max(65_536)
  .meta({ title: 'Value', secret: true, widget: 'secret', examples: ['correct-horse-battery'] });
export const description = z.string().max(500).meta({ title: 'Description' });
export const tags = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,62}$/), z.string().max(63))
  .refine((found) => Object.keys(found).length <= 32, 'at most 32 tags')
  .meta({ title: 'Tags', help: 'Scopes and policies can name them' });
export const service = z
  .string()
  .max(63)
  .meta({ title: 'Service', help: 'What it is for', examples: ['postgresql'] });
export const ownerTeam = z.string().max(63).meta({ title: 'Team', help: 'Answers for it and is reminded' });
export const expiresAt = z.iso
  .datetime()
  .meta({ title: 'Expires', help: 'From then on whoever issued it no longer takes it; reminders come before' });
export const rotateEvery = z.int().min(1).max(3_650).meta({ title: 'Rotate every … days' });

export const maxInFlight = z
  .int()
  .min(1)
  .max(1_000)
  .meta({ title: 'At once at most', help: 'Nodes of workflows that use it at the same time, over all executions; others wait for their turn' });

export const ALPHABETS = ['alphanumeric', 'letters', 'digits', 'hex', 'base64url', 'symbols'] as const;
export const Generator = z
  .strictObject({
    length: z.int().min(8).max(1_024).default(32).meta({ title: 'Characters' }),
    alphabet: z.enum(ALPHABETS).default('alphanumeric').meta({ title: 'Alphabet', help: '`symbols`: letters, digits and punctuation' }),
  })
  .meta({ title: 'Generate', help: 'Has the value made here; it is shown once, in the answer' });
export type Generator = z.output<typeof Generator>;

export const Secret = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(SCOPES),
  project: z.string().nullable(),
  environment: z.string().nullable(),
  type: z.enum(VALUE_TYPES),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  service: z.string().nullable(),
  templateId: z.string().nullable(),
  ownerTeam: z.string().nullable(),
  /** Number of the value in force. */
  currentVersion: z.int(),
  /** `expiring`: within 30 days; `due`: its time to be rotated has come. */
  state: z.enum(['active', 'expiring', 'expired', 'due', 'deleted']),
  rotatedAt: z.string().meta({ title: 'Value set' }),
  expiresAt: z.string().nullable(),
  rotateEvery: z.int().nullable(),
  maxInFlight: z.int().nullable(),
  rotateDueAt: z.string().nullable(),
  lastAccessedAt: z.string().nullable(),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  deletedAt: z.string().nullable(),
  purgeAfter: z.string().nullable().meta({ title: 'Deleted for good after' }),
  /** Counts edits, for ETags. */
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Secret = z.output<typeof Secret>;

/** With the value that was generated, the one time that it is shown. */
export const SecretOnce = Secret.extend({ value: z.string().optional().meta({ title: 'Value', help: 'Shown this once', secret: true }) });

/** An object that names the secret. */
const ReferenceView = z.object({ kind: z.string(), id: z.string(), name: z.string(), pointer: z.string() });
export const SecretDetail = Secret.extend({ references: z.array(ReferenceView) });

export const SecretVersion = z.object({
  number: z.int(),
  current: z.boolean(),
  bytes: z.int(),
  generated: z.boolean(),
  /** Version whose value it put in force again. */
  restoredFrom: z.int().nullable(),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  changeId: z.string().nullable(),
  createdAt: z.string(),
});

export const AccessLogEntry = z.object({
  id: z.string(),
  at: z.string(),
  secret: z.object({ id: z.string(), name: z.string(), version: z.int() }),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  operation: z.string(),
  purpose: z.string(),
  changeId: z.string().nullable(),
  executionId: z.string().nullable(),
  ip: z.string().nullable(),
  result: z.enum(ACCESS_RESULTS),
});

/** An environment variable: as a secret, with its value where it may be shown; to whoever may read variables, not to whoever may read Changes. */
export const Variable = Secret.extend({
  value: z.string().nullable().meta({ title: 'Value', help: 'Null for type secret', secret: true }),
});
