import { loadConfig } from '#kernel/config.ts';
import { describeSettings } from '#kernel/settings.ts';

/** `config check`: reads the environment as a start would, and explains every setting. Throws ConfigError. */
export async function checkConfig(): Promise<number> {
  loadConfig();
  let heading = '';
  for (const { name, group, meaning, fallback } of describeSettings()) {
    const given = process.env[name];
    const secret = /KEY|TOKEN|URL|SECRET/.test(name) && given ? '(set)' : given;
    if (group !== heading) process.stdout.write(`${heading ? '\n' : ''}${group}\n`);
    heading = group;
    process.stdout.write(`${name.padEnd(34)} ${(secret ?? (fallback || '-')).padEnd(14)} ${meaning}\n`);
  }
  process.stdout.write('\nThe configuration is good.\n');
  return 0;
}
