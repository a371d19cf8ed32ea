import { expect, test } from 'vitest';
import { permits, safeReturn } from './session.ts';

test('a star stands for a whole part of a permission', () => {
  expect(permits(['servers:*'], 'servers:create')).toBe(true);
  expect(permits(['*:read'], 'servers:read')).toBe(true);
  expect(permits(['*'], 'servers:delete')).toBe(true);
  expect(permits(['*:read', 'dns:*'], 'servers:create')).toBe(false);
  expect(permits([], 'servers:read')).toBe(false);
});

test('after sign-in one lands on this site and nowhere else', () => {
  expect(safeReturn('/changes/CHG-1?tab=json')).toBe('/changes/CHG-1?tab=json');
  for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/login?returnTo=/login', 7, undefined])
    expect(safeReturn(evil)).toBe('/');
});
