import { expect, test } from 'vitest';
import { policies, type PoliciesIo } from './policies.ts';

const document = (limit: number, expected: string, more = ''): string => `
apiVersion: switchyard/v1
kind: PolicySet
metadata: { name: guardrails }
spec:
  policies:
    - { id: few, type: limit-targets, match: { operations: ["servers.*"] }, limitTargets: { max: ${limit} }${more} }
  tests:
    - { name: two are too many, given: { operation: servers.create, resourcesCount: 2 }, expect: { effect: ${expected}, matched: [few] } }
`;
const FILES: Record<string, string> = {
  'one.yaml': document(1, 'require'),
  'many.yaml': document(50, 'allow'),
  'wrong.yaml': document(1, 'deny'),
  'typo.yaml': document(1, 'require', ', enforcemnt: warn'),
};

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const io: PoliciesIo = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    read: (file) => (FILES[file] === undefined ? Promise.reject(Object.assign(new Error(`${file} is not there`), { code: 'ENOENT' })) : Promise.resolve(FILES[file])),
    catalogue: () => [{ name: 'servers.create', risk: 'high' }],
  };
  return { code: await policies(args, io), out: out.join('\n'), err: err.join('\n') };
} // prettier-ignore

test('lint tells file, line and column, and fails on errors only', async () => {
  expect(await run('lint', 'one.yaml')).toEqual({ code: 0, out: 'one.yaml: nothing is wrong', err: '' });
  expect(await run('lint', 'typo.yaml')).toMatchObject({
    code: 1,
    out: 'typo.yaml:7:103: error: unknown field "enforcemnt"; did you mean "enforcement"?',
  });
  expect(JSON.parse((await run('lint', 'typo.yaml', '--json')).out)).toMatchObject([{ line: 7, severity: 'error' }]);
});

test('the verb test runs the tests that stand in the file', async () => {
  expect(await run('test', 'one.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('ok    two are too many') as string });
  expect(await run('test', 'wrong.yaml')).toMatchObject({
    code: 1,
    out: expect.stringContaining('wrong.yaml:9: expected effect deny, got require') as string,
  });
  expect(JSON.parse((await run('test', 'wrong.yaml', '--json')).out)).toMatchObject({ passed: false, results: [{ passed: false }] });
  expect(await run('test', 'typo.yaml')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('enforcemnt') as string });
});

test('diff tells what is different, and answers like diff does', async () => {
  expect(await run('diff', 'one.yaml', 'one.yaml')).toMatchObject({ code: 0 });
  const { code, out } = await run('diff', 'one.yaml', 'many.yaml');
  expect(code).toBe(1);
  expect(out).toContain('~ /spec/policies/few/limitTargets/max   (may let more pass)\n    before 1\n    after  50');
  expect((await run('diff', 'many.yaml', 'one.yaml')).out).not.toContain('/max   (may let more pass)');
  expect(await run('diff', 'one.yaml', 'typo.yaml')).toMatchObject({ code: 2 });
});

test.each([[['lint']], [['lint', 'a', 'b']], [['diff', 'one.yaml']], [['rm', 'one.yaml']], [['lint', 'one.yaml', '--fix']], [[]]])(
  '%j says how it is used',
  async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('usage: policies lint') as string });
  },
);

test('a file that is not there is said so', async () => {
  expect(await run('lint', 'nowhere.yaml')).toEqual({ code: 2, out: '', err: 'switchyard: nowhere.yaml is not there' });
});
