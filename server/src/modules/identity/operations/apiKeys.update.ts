import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { changeableKey, requireLendable } from '../keys/allowed.ts';
import { Keys, type KeyRecord } from '../keys/port.ts';
import { ApiKey, apiKey, KeyFields } from '../keys/schemas.ts';

const conflict = ({ name, version }: KeyRecord): Problem =>
  new Problem('version-conflict', `The key "${name}" was changed in the meantime. Read it again and repeat your edit.`, { version });

function requireSeen({ ifMatch }: Context, key: KeyRecord): void {
  const seen = ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(key.version)) throw conflict(key);
}

type Limits = Pick<KeyRecord, 'permissions' | 'scope' | 'cidrs'>;
/**
 * May the edit open more than before? Of one's own key only by its cap, for it never reaches further than oneself; of a machine's key
 * by lifting any limit that somebody set, for whoever holds it would do all that the machine can.
 */
const mayWiden = (key: KeyRecord, { permissions, scope, cidrs }: { [K in keyof Limits]?: Limits[K] | undefined }, isOwn: boolean): boolean =>
  permissions !== undefined || (!isOwn && ((scope !== undefined && key.scope !== null) || (cidrs !== undefined && key.cidrs.length > 0)));

export const apiKeysUpdate = defineOperation({
  name: 'apiKeys.update',
  summary: 'Rename an API key, or limit it otherwise',
  description: 'A field left out stays; `null` takes a limit away. Its end stays as it is: rotate the key to go on.',
  permission: 'apiKeys:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    id: z.uuid(),
    name: KeyFields.name.optional(),
    permissions: KeyFields.permissions.nullable().optional(),
    scope: KeyFields.scope.nullable().optional(),
    cidrs: KeyFields.cidrs.optional(),
  }),
  output: ApiKey,
  targets: 'none',
  async run(ctx, { id, name, permissions, scope, cidrs }) {
    const key = await changeableKey(ctx, id);
    requireSeen(ctx, key);
    const limits = {
      name: name ?? key.name,
      permissions: permissions === undefined ? key.permissions : permissions,
      scope: scope === undefined ? key.scope : scope,
      cidrs: cidrs ?? key.cidrs,
    };
    if (mayWiden(key, { permissions, scope, cidrs }, key.owner.id === ctx.actor.id)) await requireLendable(ctx, key.owner.id, limits.permissions);
    const saved = await ctx.provider(Keys).update(ctx.tenantId, id, key.version, limits);
    if (!saved) throw conflict(key);
    ctx.emit('apiKey.updated', { keyId: id, userId: key.owner.id, by: ctx.actor.id, ...limits });
    return apiKey(saved);
  },
});
