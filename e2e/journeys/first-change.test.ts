import { after, before, test } from 'node:test';
import { browserDriver } from '../drivers/browser.ts';
import { cliDriver } from '../drivers/cli.ts';
import { mcpDriver } from '../drivers/mcp.ts';
import { chromiumIsThere } from '../lib/browser.ts';
import { knotIsThere, startKnot, type Knot } from '../lib/knot.ts';
import { startProduct, type Product } from '../lib/product.ts';
import { firstGovernedChange, prepareZone, type Driver } from './scenario.ts';

const ZONE = 'journey.test';
const skip = knotIsThere() ? false : 'knotd and dig are not installed';

let product: Product;
let knot: Knot;
before(async () => {
  if (skip) return;
  [product, knot] = await Promise.all([startProduct(), startKnot(ZONE)]);
  await prepareZone(product, knot, 'Production name server');
});
after(async () => {
  await product?.close();
  await knot?.close();
});

/** Surface, what its names begin with, how it is driven, and what keeps it from being driven here. */
const SURFACES: [string, string, (product: Product) => Driver | Promise<Driver>, false | string][] = [
  ['browser', 'web', browserDriver, chromiumIsThere() ? false : 'Chromium is not installed'],
  ['command line', 'cli', cliDriver, false],
  ['MCP', 'mcp', mcpDriver, false],
];

for (const [surface, prefix, driverFor, absent] of SURFACES) {
  void test(`the first governed change, end to end, by ${surface}`, { skip: skip || absent, timeout: 180_000 }, async () => {
    const driver = await driverFor(product);
    try {
      await firstGovernedChange(product, knot, driver, prefix);
    } finally {
      await driver.close();
    }
  });
}
