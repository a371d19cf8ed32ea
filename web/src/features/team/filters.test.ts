import { expect, test } from 'vitest';
import { chosen, isFiltered, membersQuery, teamSearch } from './filters.ts';

test('the address holds only what was chosen, and nothing that is unknown', () => {
  expect(teamSearch({ tab: 'members', q: ' ana ', mfa: 'maybe', sort: 'shoe', status: 'suspended', never: 'x' })).toEqual({
    q: 'ana',
    status: 'suspended',
  });
});

test('the list is asked for what the address says', () => {
  expect(membersQuery({ q: 'ana', mfa: 'no', never: true, sort: '-lastLoginAt' })).toMatchObject({
    search: 'ana',
    mfa: false,
    neverSignedIn: true,
    sort: '-lastLoginAt',
  });
  expect(membersQuery({}).mfa).toBeUndefined();
});

test('open details and tabs are no filters', () => {
  expect(isFiltered({ tab: 'invitations', member: 'x', sort: 'name' })).toBe(false);
  expect(isFiltered(chosen({}, { role: 'admin' }))).toBe(true);
});
