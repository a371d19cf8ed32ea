import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { queryClient } from '#lib/query.ts';
import { meQuery } from '#lib/session.ts';
import { PermissionGate } from './permission-gate.tsx';

const tenant = { id: '1', slug: 'acme', name: 'Acme' };
const show = (node: ReactNode) => render(<QueryClientProvider client={queryClient}>{node}</QueryClientProvider>);
beforeEach(() =>
  queryClient.setQueryData(meQuery.queryKey, {
    actor: { kind: 'user', id: 'u', name: 'Dana' },
    tenant,
    tenants: [],
    roles: [],
    permissions: ['servers:*'],
    session: null,
  }),
);

test('what a person may not do is left out, or something else stands in its place', () => {
  show(
    <>
      <PermissionGate permission="servers:create">may</PermissionGate>
      <PermissionGate permission="roles:write" otherwise="instead">
        secret
      </PermissionGate>
    </>,
  );
  expect(document.body.textContent).toBe('mayinstead');
});

test('what is drawn anyway is told why it cannot be used', () => {
  show(<PermissionGate permission="roles:write">{(blocked) => <button title={blocked ?? 'open'}>save</button>}</PermissionGate>);
  expect(screen.getByRole('button').title).toContain('roles:write');
  show(<PermissionGate permission="servers:create">{(blocked) => <button title={blocked ?? 'open'}>make</button>}</PermissionGate>);
  expect(screen.getByText('make').title).toBe('open');
});
