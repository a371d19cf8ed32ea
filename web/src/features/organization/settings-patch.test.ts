import { expect, test } from 'vitest';
import { companyOf } from './company-form.tsx';
import { patchOf } from './settings-card.tsx';

test('a patch holds only what differs, so that nothing else is written back', () => {
  const before = { mfa: 'off', ipAllowList: ['10.0.0.0/8'], sessionIdleMinutes: 480 };
  expect(patchOf(before, { ...before, ipAllowList: ['10.0.0.0/8'] })).toEqual({});
  expect(patchOf(before, { ...before, ipAllowList: [] })).toEqual({ ipAllowList: [] });
});

test('a value that was taken away is sent as null, which a merge patch understands', () => {
  expect(patchOf<{ environment: string | null }>({ environment: 'prod' }, { environment: null })).toEqual({ environment: null });
});

test('empty fields of the company are left out, and so are empty phones', () => {
  const fields = { legalName: ' Acme GmbH ', registration: '', vat: '', addressLine1: '', addressLine2: '', postalCode: '', city: '', country: 'DE' };
  expect(companyOf({ fields, contacts: [{ type: 'abuse', name: 'Noc', email: 'noc@acme.example', phone: ' ' }] })).toEqual({
    legalName: 'Acme GmbH',
    country: 'DE',
    contacts: [{ type: 'abuse', name: 'Noc', email: 'noc@acme.example' }],
  });
});
