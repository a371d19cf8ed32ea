import { expect, test } from 'vitest';
import { switchyard } from './index.ts';

test('the client sends its token and tenant, and answers data or the problem', async () => {
  const seen: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    seen.push(request);
    return request.url.endsWith('/me')
      ? Response.json({ actor: { name: 'Ada' } })
      : Response.json({ type: 'https://switchyard.dev/problems/permission-denied', title: 'Permission denied', status: 403 }, { status: 403 });
  };
  const client = switchyard({ url: 'https://sy.example/', token: 'sy_abc', tenant: 'acme', fetch: fetch as typeof globalThis.fetch });
  const { data } = await client.GET('/api/v1/me');
  expect(data?.actor.name).toBe('Ada');
  expect([seen[0]!.url, seen[0]!.headers.get('authorization'), seen[0]!.headers.get('x-switchyard-tenant')]).toEqual([
    'https://sy.example/api/v1/me',
    'Bearer sy_abc',
    'acme',
  ]);
  const { error } = await client.GET('/api/v1/changes/{id}', { params: { path: { id: 'CHG-1' } } });
  expect(error?.status).toBe(403);
});
