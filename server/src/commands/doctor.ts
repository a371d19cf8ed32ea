import { loadConfig } from '#kernel/config.ts';
import { runDoctor } from '../doctor.ts';

/** `doctor`: looks at the installation part by part and says what to do. Exit code 1 when something is wrong. */
export async function doctor(args: string[]): Promise<number> {
  const checks = await runDoctor(loadConfig());
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(checks, null, 2)}\n`);
  else
    for (const { name, ok, detail, remedy } of checks)
      process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(24)} ${detail}${!ok && remedy ? `\n      → ${remedy}` : ''}\n`);
  return checks.every(({ ok }) => ok) ? 0 : 1;
}
