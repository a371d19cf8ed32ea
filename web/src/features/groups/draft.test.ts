import { beforeAll, expect, test } from 'vitest';
import type { Group } from '#features/settings/types.ts';
import { allTexts } from '#lib/i18n.ts';
import { bodyOf, draftOf, NEW_GROUP } from './draft.ts';

beforeAll(allTexts);
const group: Group = {
  id: 'g',
  name: 'Edge',
  description: '',
  ownerId: null,
  owner: null,
  members: [
    { type: 'server', id: 'a' },
    { type: 'dnsZone', id: 'z' },
    { type: 'server', id: 'b' },
  ],
  selector: { type: 'server', labels: { tier: 'edge' } },
  groups: ['h'],
  version: 1,
  createdAt: '',
};

test('a group survives being edited without a change', () => {
  const { body, fault } = bodyOf(draftOf(group));
  expect(fault).toBeNull();
  expect(body).toMatchObject({ name: 'Edge', selector: { type: 'server', labels: { tier: 'edge' } }, groups: ['h'] });
  expect(body['members']).toEqual(expect.arrayContaining(group.members));
  expect(body['members']).toHaveLength(3);
});

test('a selector that selects everything is refused', () => {
  expect(bodyOf({ ...NEW_GROUP, name: 'All', selects: true }).fault).toMatch(/.+/);
  expect(bodyOf({ ...NEW_GROUP, name: 'All', selects: false }).body['selector']).toBeNull();
});
