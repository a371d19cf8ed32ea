import { z } from 'zod';
import { pageInput, queryFlag } from '#kernel/page.ts';
import {
  ACCESS_RESULTS, description, environment, expiresAt, Generator, id, maxInFlight, ownerTeam, project, rotateEvery, scope, SCOPES, secretName, service, tags, value,
  VALUE_TYPES, valueType,
} from './schemas.ts'; // prettier-ignore

/** Where a secret or variable lies. */
export const placeInput = {
  scope: scope.default('workspace'),
  project: project.nullable().default(null),
  environment: environment.nullable().default(null),
};

/** What is said of one beside its value. */
export const aboutInput = {
  description: description.optional(),
  tags: tags.optional(),
  service: service.nullable().optional(),
  ownerTeam: ownerTeam.nullable().optional(),
  expiresAt: expiresAt.nullable().optional(),
  rotateEvery: rotateEvery.nullable().optional(),
  maxInFlight: maxInFlight.nullable().optional(),
};

/** A value, or how one is to be made; one of the two. */
const valueInput = { value: value.optional(), generate: Generator.optional() };

export const CreateInput = z.object({
  name: secretName,
  ...placeInput,
  type: valueType.default('secret'),
  ...valueInput,
  ...aboutInput,
  templateId: z.string().max(63).nullable().optional().meta({ title: 'Template' }),
});
export type CreateWish = z.output<typeof CreateInput>;

export const UpdateInput = z.object({ id, ...valueInput, type: valueType.optional(), ...aboutInput });
export type UpdateWish = z.output<typeof UpdateInput>;

export const RotateInput = z.object({
  id,
  ...valueInput,
  expiresAt: expiresAt.nullable().optional().meta({ title: 'Expires', help: 'Of the new value; that of the old one is taken off when left out' }),
});

export const RollbackInput = z.object({ id, version: z.int().min(1).meta({ title: 'Version', help: 'Its value is put in force again' }) });

/** Filters of lists, of secrets and of variables. */
export const listInput = {
  ...pageInput,
  name: z.string().max(64).optional().meta({ title: 'Name', help: 'Part of it' }),
  scope: z.enum(SCOPES).optional().meta({ title: 'Scope' }),
  project: project.optional(),
  environment: environment.optional(),
  type: z.enum(VALUE_TYPES).optional().meta({ title: 'Type' }),
  service: service.optional(),
  tag: z.string().max(127).optional().meta({ title: 'Tag', help: '`key`, or `key=value`' }),
  expiring: z.coerce.number().int().min(0).max(365).optional().meta({ title: 'Expiring', help: 'Expires, or is to be rotated, within so many days' }),
};
export const ListInput = z.object({
  ...listInput,
  deleted: queryFlag.default(false).meta({ title: 'Deleted', help: 'Those that can still be restored' }),
});

export const AccessLogInput = z.object({
  id,
  ...pageInput,
  result: z.enum(ACCESS_RESULTS).optional().meta({ title: 'Result' }),
  actorId: z.string().max(128).optional().meta({ title: 'Actor' }),
  from: z.iso.datetime().optional().meta({ title: 'From' }),
  to: z.iso.datetime().optional().meta({ title: 'To' }),
});
