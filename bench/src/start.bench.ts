import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { judge } from '../../server/src/modules/governance/policy.ts';
import type { PolicyFacts } from '../../server/src/kernel/gate-steps.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, median, note, quantile } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';

/** A Change in production, as the built-in rules see it. */
const facts = { phase: 'plan', risk: 'high', targets: [{ type: 'server', id: '1', environment: 'prod' }] } as unknown as PolicyFacts;

/** Start to first answer with a warm database, memory when idle, the tools of an agent, and a policy decision. */
await withDatabase(async (bench) => {
  const { apiKey } = await seedCaller(bench);
  const starts: number[] = [];
  for (let round = 0; round < 3; round++) {
    const from = performance.now();
    const product = await startProduct(bench, 'serve');
    const response = await fetch(`${product.url}/api/v1/me`, { headers: { Authorization: `Bearer ${apiKey}` } });
    if (!response.ok) throw new Error(`the first call answered ${response.status}`);
    starts.push(performance.now() - from);
    await product.stop();
  }
  atMost('start to first answer, warm database', median(starts), 'ms', 2_000);

  const product = await startProduct(bench, 'all');
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  atMost('memory of role all, idle', await product.memory(), 'MB', 350);

  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${product.url}/mcp`), { requestInit: { headers: { Authorization: `Bearer ${apiKey}` } } }),
  );
  const times: number[] = [];
  let tools = 0;
  for (let round = 0; round < 60; round++) {
    const from = performance.now();
    tools = (await client.listTools()).tools.length;
    if (round >= 10) times.push(performance.now() - from);
  }
  note('tools that an owner is offered', tools, '');
  atMost('MCP tools/list, p50', median(times), 'ms', 20);
  await client.close();
  await product.stop();

  const verdicts: number[] = [];
  for (let round = 0; round < 20_000; round++) {
    const from = performance.now();
    judge(facts);
    verdicts.push(performance.now() - from);
  }
  atMost('policy decision, built-in rules, p99', quantile(verdicts, 0.99), 'ms', 0.5);
});
