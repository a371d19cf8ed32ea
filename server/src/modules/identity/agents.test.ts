import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeAgent, readAgent } from './agents.ts';

const AGENTS = {
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
  'Chrome on Windows': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  'Edge on Windows': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
  'Safari on macOS': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
  'Safari on iOS':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'Chrome on Android': 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  curl: 'curl/8.5.0',
};

describe('a user agent', () => {
  test.each(Object.entries(AGENTS))('%s is recognised', (name, agent) => expect(describeAgent(agent)).toBe(name));
  test('tells a phone from a tablet, a desktop and a program', () => {
    expect(readAgent(AGENTS['Safari on iOS']).device).toBe('phone');
    expect(readAgent(AGENTS['Chrome on Android'].replace(' Mobile', '')).device).toBe('tablet');
    expect(readAgent(AGENTS['Firefox on Linux']).device).toBe('desktop');
    expect(readAgent(AGENTS.curl)).toEqual({ device: 'program', os: null, browser: 'curl' });
    expect(readAgent(null)).toEqual({ device: 'unknown', os: null, browser: null });
  });
  test('of whatever text is a short one that no mail or page stumbles over', () =>
    fc.assert(fc.property(fc.string(), (agent) => void expect(describeAgent(agent)).toMatch(/^[\w.+ -]{1,60}$/))));
});
