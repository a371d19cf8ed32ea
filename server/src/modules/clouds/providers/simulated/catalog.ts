import type { Architecture, Catalog, Image, Size } from '../port.ts';
import { QUOTA } from './state.ts';

const DAY = 86_400_000;
const HOURS_PER_MONTH = 730;
const EVERYWHERE = ['sim-eu-1', 'sim-eu-2', 'sim-us-1'];

const size = (id: string, architecture: Architecture, vcpus: number, gib: number, diskGb: number, cents: number, regions = EVERYWHERE): Size => ({
  id,
  architecture,
  vcpus,
  memoryMb: gib * 1024,
  diskGb,
  regions,
  monthly: { amount: cents, currency: 'EUR' },
  hourly: (cents / 100 / HOURS_PER_MONTH).toFixed(4),
  endsAt: null,
});

const image = (id: string, os: string, architecture: Architecture, minDiskGb = 10): Image => ({ id, os, architecture, minDiskGb, endsAt: null });

/** What this cloud sells. Ends of sale lie at fixed distances from the day it was started, so the warnings can be seen on any day. */
export function catalog(startedAt: number): Catalog {
  const ends = (days: number): { endsAt: string } => ({ endsAt: new Date(startedAt + days * DAY).toISOString() });
  return {
    priceList: 'simulated-1',
    regions: [
      { id: 'sim-eu-1', name: 'Frankfurt', country: 'DE', zones: ['sim-eu-1a', 'sim-eu-1b'] },
      { id: 'sim-eu-2', name: 'Helsinki', country: 'FI', zones: ['sim-eu-2a', 'sim-eu-2b'] },
      { id: 'sim-us-1', name: 'Ashburn', country: 'US', zones: ['sim-us-1a', 'sim-us-1b'] },
    ],
    sizes: [
      size('std-1', 'x86', 1, 2, 20, 400),
      size('std-2', 'x86', 2, 4, 40, 800),
      size('std-4', 'x86', 4, 8, 80, 1_600),
      size('std-8', 'x86', 8, 32, 160, 4_800),
      { ...size('std-16', 'x86', 16, 64, 320, 11_000), ...ends(60) },
      size('std-32', 'x86', 32, 128, 640, 24_000, ['sim-eu-1', 'sim-us-1']),
      size('arm-2', 'arm', 2, 4, 40, 600, ['sim-eu-1', 'sim-eu-2']),
      size('arm-4', 'arm', 4, 8, 80, 1_200, ['sim-eu-1', 'sim-eu-2']),
    ],
    images: [
      image('debian-13', 'debian', 'x86'),
      image('debian-13-arm', 'debian', 'arm'),
      { ...image('debian-12', 'debian', 'x86'), ...ends(40) },
      image('ubuntu-26.04', 'ubuntu', 'x86'),
      image('ubuntu-26.04-arm', 'ubuntu', 'arm'),
      image('fedora-43', 'fedora', 'x86', 15),
      image('rocky-10', 'rocky', 'x86'),
      image('alpine-3.23', 'alpine', 'x86', 2),
      image('windows-2025', 'windows', 'x86', 40),
    ],
    quota: QUOTA,
  };
}
