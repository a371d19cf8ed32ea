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
  expect(safeReturn('/audit?q=a b#über')).toBe('/audit?q=a%20b#%C3%BCber');
  const elsewhere = ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/login?returnTo=/login', 7, undefined];
  for (const evil of elsewhere) expect(safeReturn(evil)).toBe('/');
});

test('what a browser would read as the address of another site is none of ours', () => {
  for (const evil of [
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n//evil.example',
    '/a/..//evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
  ]) {
    expect(safeReturn(evil)).toBe('/');
    expect(new URL(safeReturn(evil), location.origin).origin).toBe(location.origin);
  }
});
