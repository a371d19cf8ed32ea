import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, isNull, lte, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { taint } from '#kernel/taint.ts';
import { generateValue } from './generate.ts';
import type { CreateWish } from './inputs.ts';
import { Vault } from './providers/port.ts';
import { livingNamed, takePlaces } from './rows.ts';
import { LIMITS, nameFault, rotateDue, valueFault, type Place } from './rules.ts';
import type { Generator, SecretScope, ValueKind, ValueType } from './schemas.ts';
import { secrets, secretVersions, type SecretRow } from './tables.ts';
import { isShown } from './variables/rules.ts';

/** A value on its way in. */
export interface NewValue {
  text: string;
  generated: boolean;
}

const faulty = (pointer: string, message: string): Problem =>
  new Problem('validation-failed', `${pointer}: ${message}.`, { errors: [{ pointer, message }] });

const REASONS = {
  'secret-name-invalid': 'Names are 3 to 64 capital letters, digits and "_" and do not begin with a digit.',
  'secret-name-reserved': 'Names that begin with SWITCHYARD_, SYSTEM_, INTERNAL_, NODE_ or REACT_APP_ are reserved.',
} as const;

/** Throws `secret-name-invalid` or `secret-name-reserved`. */
export function requireName(name: string): void {
  const slug = nameFault(name);
  if (slug) throw new Problem(slug, REASONS[slug], { errors: [{ pointer: '/name', message: REASONS[slug] }] });
}

/** A project is named where it is the scope, and nowhere else. */
export function requirePlace({ scope, project }: { scope: SecretScope; project: string | null }): void {
  if (scope === 'project' && project === null) throw faulty('/project', 'is required for scope project');
  if (scope === 'workspace' && project !== null) throw faulty('/project', 'belongs to scope project only');
}

/** Throws `validation-failed`; nothing that it says tells of the value. */
export function requireValue(type: ValueType, text: string, pointer = '/value'): void {
  const fault = valueFault(type, text);
  if (fault) throw faulty(pointer, fault);
}

interface Given {
  value?: string | undefined;
  generate?: Generator | undefined;
}

function requireMakeable({ alphabet }: Generator, type: ValueType): void {
  if (type === 'url' || type === 'json') throw faulty('/generate', `makes no value of type ${type}`);
  if (type === 'number' && alphabet !== 'digits') throw faulty('/generate/alphabet', 'is digits for a number');
}

/** Is a value wished for, and does it fit? Exactly one of the two when it is `required`, at most one otherwise. */
export function requireGiven({ value, generate }: Given, type: ValueType, required: boolean): void {
  if (value !== undefined && generate !== undefined) throw faulty('/generate', 'is for when no value is given');
  if (required && value === undefined && generate === undefined) throw faulty('/value', 'is required, or have one generated');
  if (value !== undefined) requireValue(type, value);
  if (generate !== undefined) requireMakeable(generate, type);
}

/** The value to store; made here when it is to be generated. */
export const valueOf = ({ value, generate }: Given): NewValue | undefined =>
  generate ? { text: generateValue(generate), generated: true } : value === undefined ? undefined : { text: value, generated: false };

const nameTaken = ({ name, project, environment }: Place & { name: string }): Problem => {
  const where = [project && `project ${project}`, environment && `environment ${environment}`].filter(Boolean).join(', ');
  return new Problem('name-taken', `There is a secret or variable "${name}" ${where ? `in ${where}` : 'for the whole workspace'} already.`);
};

/** Throws `name-taken` for what the plan can see; the unique index decides in the end. */
export async function requireFree(ctx: ReadContext, wish: Place & { name: string }): Promise<void> {
  const living = await livingNamed(ctx, [wish.name]);
  if (living.some(({ project, environment }) => project === wish.project && environment === wish.environment)) throw nameTaken(wish);
}

/** Runs a write that may meet another of the same name. */
export const namedOnce = <T>(wish: Place & { name: string }, write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isUniqueViolation(error, 'secrets_name') ? nameTaken(wish) : error;
  });

/** Seals the value as the version with that number; versions beyond the twenty newest go. */
async function storeValue(ctx: Context, row: SecretRow, number: number, value: NewValue, restoredFrom: number | null): Promise<void> {
  if (!isShown(row)) taint(value.text, row.name, ctx.tenantId);
  const mine = and(eq(secretVersions.tenantId, ctx.tenantId), eq(secretVersions.secretId, row.id));
  await ctx.db.insert(secretVersions).values({
    tenantId: ctx.tenantId,
    id: newId(),
    secretId: row.id,
    number,
    sealed: await ctx.provider(Vault).seal(ctx.db, row, number, value.text),
    bytes: Buffer.byteLength(value.text),
    generated: value.generated,
    restoredFrom,
    changeId: ctx.changeId,
    createdBy: ctx.actor.id,
    createdByName: ctx.actor.name,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  });
  await ctx.db.delete(secretVersions).where(and(mine, lte(secretVersions.number, number - LIMITS.versions)));
}

type NewSecret = Omit<CreateWish, 'value' | 'generate'>;

/** Makes a secret or variable with its first version. Throws `name-taken` or `secret-limit`. */
export async function insertSecret(ctx: Context, kind: ValueKind, wish: NewSecret, value: NewValue): Promise<SecretRow> {
  await takePlaces(ctx);
  const at = ctx.now();
  const { rotateEvery = null } = wish;
  const [row] = await namedOnce(
    wish,
    ctx.db
      .insert(secrets)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        kind,
        name: wish.name,
        scope: wish.scope,
        project: wish.project,
        environment: wish.environment,
        type: wish.type,
        description: wish.description ?? '',
        tags: wish.tags ?? {},
        service: wish.service ?? null,
        templateId: wish.templateId ?? null,
        ownerTeam: wish.ownerTeam ?? null,
        currentVersion: 1,
        rotatedAt: at,
        expiresAt: wish.expiresAt ? new Date(wish.expiresAt) : null,
        rotateEvery,
        maxInFlight: wish.maxInFlight ?? null,
        rotateDueAt: rotateDue(at, rotateEvery),
        createdBy: ctx.actor.id,
        createdByName: ctx.actor.name,
        createdAt: at,
        updatedAt: at,
      })
      .returning(),
  );
  await storeValue(ctx, row!, 1, value, null);
  return row!;
}

/** Fields that an edit may set. */
export type Patch = Partial<Pick<SecretRow, 'type' | 'description' | 'tags' | 'service' | 'ownerTeam' | 'expiresAt' | 'rotateEvery' | 'maxInFlight'>>;

/** Stores an edit, with a new version when there is a value. The row must be locked. */
export async function saveSecret(
  ctx: Context,
  row: SecretRow,
  patch: Patch,
  value?: NewValue,
  restoredFrom: number | null = null,
): Promise<SecretRow> {
  const at = ctx.now();
  const rotatedAt = value ? at : row.rotatedAt;
  const { rotateEvery = row.rotateEvery } = patch;
  const [after] = await ctx.db
    .update(secrets)
    .set({
      ...patch,
      rotatedAt,
      rotateDueAt: rotateDue(rotatedAt, rotateEvery),
      currentVersion: row.currentVersion + (value ? 1 : 0),
      version: sql`${secrets.version} + 1`,
      updatedAt: at,
    })
    .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, row.id), isNull(secrets.deletedAt)))
    .returning();
  if (value) await storeValue(ctx, after!, after!.currentVersion, value, restoredFrom);
  return after!;
}

interface About {
  type?: ValueType | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
  service?: string | null | undefined;
  ownerTeam?: string | null | undefined;
  expiresAt?: string | null | undefined;
  rotateEvery?: number | null | undefined;
  maxInFlight?: number | null | undefined;
}

/** The fields that a wish names, as they are stored. */
export function patchOf({ type, description, tags, service, ownerTeam, expiresAt, rotateEvery, maxInFlight }: About): Patch {
  return {
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    ...(service === undefined ? {} : { service }),
    ...(ownerTeam === undefined ? {} : { ownerTeam }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
    ...(rotateEvery === undefined ? {} : { rotateEvery }),
    ...(maxInFlight === undefined ? {} : { maxInFlight }),
  };
}
