import { z } from 'zod';
import { defineOperation, type AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';

/** Operations of the toy company that meet a browser, take files, name their tenant, or ask for a fresh proof. */
export const visits: readonly AnyOperation[] = [
  defineOperation({
    name: 'doors.visit', summary: 'Be sent to another door', permission: 'doors:open', risk: 'write', change: 'none', access: 'public', redirect: true, targets: 'none', hiddenFrom: ['mcp'],
    route: { method: 'GET', path: '/doors/visit' }, input: z.object({ to: z.string() }), output: z.object({ location: z.string() }),
    async run({ browser }, { to }) {
      if (to === 'nowhere') throw new Problem('not-found', 'There is no such door.');
      browser?.setCookie('sy_visit', to, { maxAgeSeconds: 60, cross: true });
      return { location: `https://doors.example/${to}` };
    },
  }),
  defineOperation({
    name: 'doors.return', summary: 'Come back by a form of the other site', permission: 'doors:open', risk: 'write', change: 'none', access: 'public', form: 'cross', targets: 'none', hiddenFrom: ['mcp'],
    input: z.object({ code: z.string() }), output: z.object({ code: z.string(), visited: z.string().nullable(), host: z.string() }),
    run: async ({ browser }, { code }) => ({ code, visited: browser?.cookie('sy_visit') ?? null, host: browser?.host ?? '' }),
  }),
  defineOperation({
    name: 'doors.announce', summary: 'Say who has gone', permission: 'doors:open', risk: 'read', access: 'public', fromServers: true, targets: 'none', hiddenFrom: ['mcp'],
    route: { method: 'GET', path: '/doors/announce' }, input: z.object({}), output: z.object({}),
    run: async () => ({}),
  }),
  defineOperation({
    name: 'lamps.paint', summary: 'Hang a picture on a lamp', permission: 'lamps:update', risk: 'write', change: 'none', targets: 'none', upload: 'picture', bodyLimit: 2_000_000,
    route: { method: 'PUT', path: '/lamps/{id}/picture' }, input: z.object({ id: z.string(), picture: z.base64() }), output: z.object({ id: z.string(), bytes: z.int() }),
    run: async (_ctx, { id, picture }) => ({ id, bytes: Buffer.from(picture, 'base64').length }),
  }),
  defineOperation({
    name: 'lamps.picture', summary: 'Show the picture of a lamp', permission: 'lamps:read', risk: 'read', targets: 'none', download: 'inline', input: z.object({}),
    output: z.object({ content: z.base64(), encoding: z.literal('base64'), mediaType: z.string() }),
    run: async () => ({ content: Buffer.from([0x52, 0x49, 0x46, 0x46]).toString('base64'), encoding: 'base64' as const, mediaType: 'image/webp' }),
  }),
  defineOperation({
    name: 'rooms.get', summary: 'Show a room of a tenant', permission: 'rooms:read', risk: 'read', targets: 'none', tenantField: 'tenantId',
    route: { method: 'GET', path: '/tenants/{tenantId}/room' }, input: z.object({ tenantId: z.string() }), output: z.object({ tenantId: z.string() }),
    run: async ({ tenantId }) => ({ tenantId }),
  }),
  defineOperation({
    name: 'rooms.clear', summary: 'Empty the room', permission: 'rooms:clear', risk: 'write', change: 'none', targets: 'none', stepUp: 300, input: z.object({}), output: z.object({}),
    run: async () => ({}),
  }),
  defineOperation({
    name: 'rooms.mine', summary: 'Show what is mine', permission: 'rooms:mine', risk: 'read', access: 'self', targets: 'none', input: z.object({}), output: z.object({ tenantId: z.string() }),
    run: async ({ tenantId }) => ({ tenantId }),
  }),
]; // prettier-ignore
