import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { allTexts, authTexts } from '../src/lib/i18n.ts';

// jsdom has no layout: these are what Radix and the virtualiser ask for.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.hasPointerCapture ??= () => false;
window.scrollTo = () => {};
window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
});

afterEach(cleanup);
await Promise.all([allTexts(), authTexts()]);
