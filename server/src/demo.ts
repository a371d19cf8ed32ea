import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#kernel/config.ts';
import type { App } from './app.ts';
import { createDemoCompany } from './demo-infrastructure.ts';
import { seedPeople, type EarlierLogin } from './demo-people.ts';

/** Logins of an earlier start, so that open browsers and scripts go on working after a restart. */
function earlierLogins(file: string): EarlierLogin[] {
  if (!existsSync(file)) return [];
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { users: EarlierLogin[] }).users;
  } catch {
    return []; // cut off by a kill; new ones are made
  }
}

/** Fills an empty installation with people and things to try, writes the logins to `demo.json`, and says where to go. */
export async function seedDemo(app: App, config: Config, url: string, say: (line: string) => void): Promise<void> {
  const file = join(config.home, 'demo.json');
  const people = await seedPeople(app.core, earlierLogins(file), app.iam.passwords);
  const users = people.map(({ email, password, role, tenant, apiKey }) => ({ email, password, role, tenant, apiKey }));
  writeFileSync(file, `${JSON.stringify({ url, mcpUrl: `${url}/mcp`, users }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  const company = createDemoCompany(app.core, people);
  if (await company.isEmpty()) {
    say('  demo: setting up servers and zones, through the Gate');
    await company.build();
  }
  const line = ({ email, password, role, tenant }: (typeof users)[number]): string =>
    `    ${role.padEnd(10)} ${email.padEnd(24)} ${password}   (${tenant})`;
  say(['', `  Switchyard is ready:  ${url}`, `  MCP for agents:       ${url}/mcp`, `  Zones to dig:         dig @127.0.0.1 -p ${config.dnsPort} www.acme.test`, '', '  Sign in as', ...users.map(line), '', `  API keys are in ${file}.  Ctrl-C stops everything.`, ''].join('\n')); // prettier-ignore
}
