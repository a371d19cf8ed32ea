import { dev } from './lib/dev.mjs';
import { ended, obeySignals, start } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { ROOT, node24, toolEnvironment } from './lib/paths.mjs';
import { script } from './lib/refusal.mjs';
import { buildServer, SERVER } from './lib/server.mjs';
import { steps } from './lib/steps.mjs';
import { buildWeb } from './lib/web.mjs';

const args = process.argv.slice(2);

await script(async () => {
  obeySignals((signal) => process.stdout.write(`\n${signal}: stopping; once more kills at once\n`));
  if (args.includes('--dev')) return dev(args.filter((arg) => arg !== '--dev'));
  process.stdout.write('\nSwitchyard\n');
  const { step } = steps(4);
  await step('Packages', install);
  await step('Web', buildWeb);
  await step('Server', buildServer);
  process.stdout.write('  4/4  Start\n');
  // What people should read is on the screen; the log speaks up only when something is wrong.
  const env = { SWITCHYARD_LOG_LEVEL: 'warn', ...toolEnvironment() };
  // The server sees the end of this channel when we are killed, and stops too.
  // Room for what lives for one call only: 65 MB less in the end, since little of it grows old by chance.
  const server = start(node24(), ['--max-semi-space-size=32', SERVER, 'all', '--demo', ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return ended(server);
});
