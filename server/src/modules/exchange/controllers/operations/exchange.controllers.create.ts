import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { creation } from '../../plans.ts';
import { Controllers } from '../../providers/zerotier/port.ts';
import { Controller, controllerFields } from '../schemas.ts';
import { controllerView } from '../store.ts';
import { controllers } from '../tables.ts';

const input = z.object({
  name: controllerFields.name,
  baseUrl: controllerFields.baseUrl.optional(),
  token: controllerFields.token,
});
type Wish = z.output<typeof input>;

const references = ({ token }: Wish) => [{ pointer: '/token', text: token }];

const fault = (message: string): Problem =>
  new Problem('controller-invalid', `The controller cannot be used like this: ${message}.`, { errors: [{ pointer: '/baseUrl', message }] });

/** Where it is, said or known; addresses are shown, so nothing that may be a credential stands in one. */
function baseUrlOf({ provider }: Pick<ReadContext, 'provider'>, { baseUrl }: Wish): string {
  const found = baseUrl ?? provider(Controllers).defaultUrl;
  if (found === null) throw fault('its address is needed: this installation has no controller of its own (ZT_CONTROLLER_URL)');
  const { username, password, search, hash } = new URL(found);
  if ([username, password, search, hash].some((part) => part !== '')) throw fault('an address has no user, query or fragment');
  return found.replace(/\/+$/, '');
}

export const exchangeControllersCreate = defineOperation({
  name: 'exchange.controllers.create',
  summary: 'Add a ZeroTier controller',
  description: 'It is of the kind that this installation works with (`ZT_PROVIDER`). Nothing is asked of it until its first preflight.',
  permission: 'exchange:manage',
  risk: 'write',
  input,
  output: Controller,
  targets: 'none',
  async plan(ctx, wish) {
    await ctx.provider(SecretReferences).check(ctx, references(wish));
    const { kind } = ctx.provider(Controllers);
    return {
      summary: `Add the ZeroTier controller "${wish.name}"`,
      changes: creation('exchangeController', wish.name, { kind, baseUrl: baseUrlOf(ctx, wish), tokenReference: wish.token }),
      reversible: 'Remove it. Nothing is changed at the controller.',
    };
  },
  async run(ctx, wish) {
    const { db, tenantId, now, provider } = ctx;
    const id = newId();
    const values = { name: wish.name, kind: provider(Controllers).kind, baseUrl: baseUrlOf(ctx, wish), tokenReference: wish.token, state: 'unknown' as const };
    const [row] = await db.insert(controllers).values({ tenantId, id, ...values, createdAt: now(), updatedAt: now() }).returning().catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem('controller-name-taken', `A controller is called "${wish.name}" already.`) : error;
    });
    await provider(SecretReferences).link(ctx, { kind: 'exchangeController', id, name: wish.name }, references(wish));
    ctx.emit('exchange.controller.created', { id, name: wish.name });
    return controllerView(ctx, row!);
  },
}); // prettier-ignore
