import { expect, test } from 'vitest';
import type { Catalog, Size } from './types.ts';
import {
  BEGIN,
  EMPTY,
  faultsAt,
  misfit,
  namesOf,
  patternOf,
  reachable,
  stepFor,
  stepOf,
  toInput,
  wizard,
  type Draft,
  type WizardAction,
} from './wizard.ts';

const NOW = Date.parse('2026-11-20T00:00:00Z');
const size = (id: string, patch: Partial<Size> = {}): Size => ({
  id,
  architecture: 'x86',
  vcpus: 1,
  memoryMb: 2048,
  diskGb: 20,
  regions: ['eu', 'us'],
  monthly: { amount: 400, currency: 'EUR' },
  hourly: '0.0055',
  endsAt: null,
  ...patch,
});
const catalog: Catalog = {
  regions: [
    { id: 'eu', name: 'Frankfurt', country: 'DE', zones: [] },
    { id: 'us', name: 'Ashburn', country: 'US', zones: [] },
  ],
  sizes: [
    size('small'),
    size('arm', { architecture: 'arm' }),
    size('eu-only', { regions: ['eu'] }),
    size('gone', { endsAt: '2026-01-01T00:00:00Z' }),
  ],
  images: [
    { id: 'debian', os: 'debian', architecture: 'x86', minDiskGb: 10, endsAt: null },
    { id: 'debian-arm', os: 'debian', architecture: 'arm', minDiskGb: 10, endsAt: null },
    { id: 'windows', os: 'windows', architecture: 'x86', minDiskGb: 40, endsAt: null },
  ],
};
const set = (patch: Partial<Draft>): WizardAction => ({ type: 'set', patch });
const after = (...actions: WizardAction[]) => actions.reduce(wizard, BEGIN);
const sold: WizardAction = { type: 'catalog', catalog, now: NOW };
const full = after(set({ connectionId: 'c' }), sold, set({ region: 'eu', image: 'debian' }), set({ size: 'eu-only', name: 'web' }));

test('another connection takes back what was chosen of the first one when its catalogue comes', () => {
  const other: WizardAction = {
    type: 'catalog',
    catalog: { ...catalog, regions: [{ id: 'ap', name: 'Tokyo', country: 'JP', zones: [] }] },
    now: NOW,
  };
  const changed = wizard(full, set({ connectionId: 'd' }));
  expect(changed.catalog).toBeNull();
  expect(wizard(changed, other).draft).toMatchObject({ connectionId: 'd', region: 'ap', image: 'debian', size: '', name: 'web' });
});

test('a region that does not sell the size takes it back', () => {
  expect(wizard(full, set({ region: 'us' })).draft).toMatchObject({ region: 'us', size: '', image: 'debian' });
});

test('an image of another architecture, or with a larger disk, takes the size back', () => {
  expect(wizard(full, set({ image: 'debian-arm' })).draft.size).toBe('');
  expect(wizard(full, set({ image: 'windows' })).draft.size).toBe('');
  expect(misfit(size('small'), catalog.images[1])).toBe('architecture');
  expect(misfit(size('small'), catalog.images[2])).toBe('disk');
  expect(misfit(size('small'), undefined)).toBeNull();
});

test('what is no longer sold cannot be chosen', () => {
  expect(wizard(full, set({ size: 'gone' })).draft.size).toBe('');
});

test('one goes as far as the first step that is not filled in, and back to any before', () => {
  expect(reachable(EMPTY)).toBe('place');
  expect(reachable(full.draft)).toBe('review');
  expect(stepFor('review', { ...full.draft, image: '' })).toBe('image');
  expect(stepFor('place', full.draft)).toBe('place');
  expect(stepFor('review', { ...full.draft, name: 'Web 1' })).toBe('details');
});

test('each step names what is missing or wrong', () => {
  expect(faultsAt('place', EMPTY)).toEqual({ connectionId: 'newServer.need.connection', region: 'newServer.need.region' });
  expect(faultsAt('details', { ...full.draft, name: '', count: 51, environment: 'PROD', labels: 'ä=1' })).toEqual({
    name: 'newServer.need.name',
    count: 'newServer.bad.count',
    environment: 'newServer.bad.environment',
    labels: 'newServer.bad.labels',
  });
  expect(faultsAt('details', { ...full.draft, name: 'a'.repeat(64) })).toEqual({ name: 'newServer.bad.name' });
  expect(faultsAt('details', { ...full.draft, count: Number.NaN })).toHaveProperty('count');
  expect(faultsAt('review', full.draft)).toEqual({});
});

test('several servers are counted where the name says, or at its end', () => {
  expect(patternOf('web')).toBe('web-{n}');
  expect(namesOf({ name: 'web-{n}-eu', count: 2 })).toEqual(['web-1-eu', 'web-2-eu']);
  expect(namesOf({ name: 'web', count: 1 })).toEqual(['web']);
});

test('the input has what was chosen, and leaves to the server what was not', () => {
  expect(toInput(full.draft)).toEqual({ connectionId: 'c', region: 'eu', image: 'debian', size: 'eu-only', name: 'web', labels: {}, start: true });
  const draft = { ...full.draft, count: 3, environment: 'prod', protect: false, labels: 'role=web', description: ' shop ', start: false };
  expect(toInput(draft)).toMatchObject({
    namePattern: 'web-{n}',
    count: 3,
    environment: 'prod',
    protection: { delete: false },
    labels: { role: 'web' },
    description: 'shop',
    start: false,
  });
  expect(toInput(draft)).not.toHaveProperty('name');
});

test('an error of the server leads to the step where it can be mended', () => {
  expect(['/region', '/size', '/image', '/name', '/labels/x', ''].map(stepOf)).toEqual(['place', 'size', 'image', 'details', 'details', 'details']);
});
