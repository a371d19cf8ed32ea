import { once } from 'node:events';
import { withDatabase } from '../src/lib/database.ts';
import { seedCaller } from '../src/lib/people.ts';
import { startProduct } from '../src/lib/process.ts';
import { publishHook, startEcho, workloads } from '../src/lib/workflows.ts';

/**
 * The product with the four workloads of `workflows.bench.ts` behind webhooks: prints their addresses as JSON on one line, and serves until
 * it is told to end. Each takes `POST {"n": 42}`.
 */
await withDatabase(async (bench) => {
  const { tenantId } = await seedCaller(bench);
  const echo = await startEcho();
  const paths: Record<string, string> = {};
  for (const [name, graph] of Object.entries(workloads(echo.url))) {
    paths[name] = await publishHook(bench, tenantId, graph);
    if (name !== 'D') paths[`${name}-end`] = await publishHook(bench, tenantId, graph, { durability: 'end' });
  }
  const product = await startProduct(bench, 'all', { SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true', SWITCHYARD_LOG_LEVEL: 'warn' });
  const urls = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, product.url + path]));
  process.stdout.write(`${JSON.stringify({ pid: product.pid, postgresPid: bench.pid, echo: echo.url, urls })}\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await product.stop();
  await echo.close();
});
