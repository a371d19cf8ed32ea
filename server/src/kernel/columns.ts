/** Columns and tables of PostgreSQL as Drizzle declares them; see `drizzle.ts` for why nobody else imports the package. */
export * from 'drizzle-orm/pg-core';
