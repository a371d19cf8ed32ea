import { after, before, test } from 'node:test';
import { cliDriver } from '../drivers/cli.ts';
import { mcpDriver } from '../drivers/mcp.ts';
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

const SURFACES: [string, (product: Product) => Driver | Promise<Driver>][] = [
  ['the command line', cliDriver],
  ['MCP', mcpDriver],
];

for (const [surface, driverFor] of SURFACES) {
  void test(`the first governed change, end to end, by ${surface}`, { skip, timeout: 180_000 }, async () => {
    const driver = await driverFor(product);
    try {
      await firstGovernedChange(product, knot, driver, surface.replaceAll(/\W/g, '').slice(-6).toLowerCase());
    } finally {
      await driver.close();
    }
  });
}
