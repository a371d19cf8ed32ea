import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Module } from '#kernel/module.ts';

const folder = new URL('../src/modules/', import.meta.url);

const isModule = (value: unknown): value is Module => typeof value === 'object' && value !== null && 'operations' in value && 'name' in value;

/** Every module there is, by its door; so a new one needs no line here. */
export async function readModules(): Promise<Module[]> {
  const doors = (await readdir(folder)).map((name) => new URL(`${name}/index.ts`, folder)).filter((door) => existsSync(door));
  const exported = await Promise.all(doors.map(async (door) => Object.values((await import(door.href)) as object)));
  return exported.flat().filter(isModule);
}
