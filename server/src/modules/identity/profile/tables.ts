import { customType, jsonb, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import { at, auth } from '../tables.ts';

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const userPreferences = auth.table('user_preferences', {
  userId: uuid('user_id').primaryKey(),
  theme: text('theme', { enum: ['system', 'light', 'dark'] })
    .notNull()
    .default('system'),
  dateFormat: text('date_format', { enum: ['locale', 'iso', 'relative'] })
    .notNull()
    .default('locale'),
  landingPage: text('landing_page').notNull().default('/dashboard'),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const avatars = auth.table('avatars', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  image: bytea('image').notNull(),
  createdAt: at('created_at').notNull(),
});

export const signInPlaces = auth.table(
  'sign_in_places',
  {
    userId: uuid('user_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    firstSeenAt: at('first_seen_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    alertedAt: at('alerted_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.fingerprint] })],
);

export const activity = auth.table('activity', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  kind: text('kind').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  ip: text('ip'),
  agent: text('agent'),
  detail: jsonb('detail').$type<Record<string, string | number | boolean | null>>().notNull().default({}),
});
