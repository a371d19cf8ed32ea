import { crashPoint } from '#modules/workflows/engine/crash.ts';
import type { Start } from '#modules/workflows/providers/port.ts';
import { answering, openEngine } from './workflows-rig.ts';

/** What a process of these tests is told, as JSON in its environment. */
export interface Orders {
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  outside: string;
  /** Begins these itself. */
  starts: Start[];
  /** Answers what waits for an answer. */
  answers?: boolean;
  /** Ends here, the first time that this point is reached. */
  at?: string;
}

const orders = JSON.parse(process.env['CRASH_ORDERS']!) as Orders;

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

crashPoint.at = (point) => {
  if (point === orders.at) process.kill(process.pid, 'SIGKILL');
};
const { core, engine } = await openEngine({ ...orders, masterKey: Buffer.from(orders.masterKey, 'base64'), works: true });
process.once('SIGTERM', () => void core.stop(15_000).then(() => process.exit(0)));
if (orders.answers) answering(core, engine);
process.stdout.write('ready\n');
for (const start of orders.starts) await engine.start(start);
