/** What `node server/src/main.ts <name>` does besides serving; each answers the exit code. Loaded only when asked for, so that a start is not held up. */
export const commands: Record<string, (args: string[]) => Promise<number>> = {
  audit: async (args) => (await import('./audit.ts')).audit(args),
  config: async () => (await import('./config.ts')).checkConfig(),
  doctor: async (args) => (await import('./doctor.ts')).doctor(args),
  keys: async (args) => (await import('./keys/index.ts')).keys(args),
  policies: async (args) => (await import('./policies.ts')).policies(args),
  tenants: async (args) => (await import('./tenants.ts')).tenants(args),
  users: async (args) => (await import('./users/index.ts')).users(args),
};
