import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Orders } from './process.ts';

/** A process of its own that seals and streams, ready; whoever asked for it kills it. */
export async function startWorker(orders: Orders): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./process.ts', import.meta.url));
  const env = { ...process.env, STREAM_ORDERS: JSON.stringify(orders) };
  const child = spawn(process.execPath, [file], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
