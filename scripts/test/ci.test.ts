import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'switchyard-ci-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `.ci/run` with an npm that does as it is told. */
function ci(script: string): { status: number | null; last: string | undefined } {
  const npm = join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\n${script}\n`);
  chmodSync(npm, 0o755);
  const { status, stdout } = spawnSync(fileURLToPath(new URL('../../.ci/run', import.meta.url)), {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

test('the exit code is that of the tests, and the last line is the count whatever npm says after it', () => {
  expect(ci('echo "7 passed, 0 failed, 1 skipped"')).toEqual({ status: 0, last: '7 passed, 0 failed, 1 skipped' });
  expect(ci('echo "7 passed, 2 failed, 1 skipped"; echo "npm error Lifecycle script failed" >&2; exit 3')).toEqual({
    status: 3,
    last: '7 passed, 2 failed, 1 skipped',
  });
});

test('tests that died before they could count are a failure', () => {
  expect(ci('echo hello; exit 0')).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
  expect(ci('kill -9 $$')).toEqual({ status: 137, last: '0 passed, 1 failed, 0 skipped' });
});
