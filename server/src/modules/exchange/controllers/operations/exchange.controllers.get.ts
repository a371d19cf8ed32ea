import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Controller, controllerId } from '../schemas.ts';
import { controllerOf, controllerView, oneController } from '../store.ts';

export const exchangeControllersGet = defineOperation({
  name: 'exchange.controllers.get',
  summary: 'Show a ZeroTier controller',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: controllerId }),
  output: Controller,
  targets: oneController,
  run: async (ctx, { id }) => controllerView(ctx, await controllerOf(ctx, id)),
});
