import { describeSettings, loadConfig } from '#kernel/config.ts';

/** `config check`: reads the environment as a start would, and explains every setting. Throws ConfigError. */
export async function checkConfig(): Promise<number> {
  loadConfig();
  for (const { name, meaning, fallback } of describeSettings()) {
    const given = process.env[name];
    const secret = /KEY|TOKEN|URL/.test(name) && given ? '(set)' : given;
    process.stdout.write(`${name.padEnd(34)} ${(secret ?? (fallback || '-')).padEnd(14)} ${meaning}\n`);
  }
  process.stdout.write('\nThe configuration is good.\n');
  return 0;
}
