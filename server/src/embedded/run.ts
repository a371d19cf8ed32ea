import { spawn } from 'node:child_process';
import { spawnAs, type Account } from './account.ts';

/** Runs a program to its end as the account; a program that cannot be run at all answers code -1 and the reason. */
export const run = (program: string, args: readonly string[], account: Account | null): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { ...spawnAs(account), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, output: output.trim() }));
  });
