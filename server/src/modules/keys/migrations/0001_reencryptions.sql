-- Values of a tenant on their way to a new data key. Progress is written along with the values it tells of, so that whichever worker has
-- the job next goes on where the last one was.
create table reencryptions (
  tenant_id uuid not null,
  id uuid not null,
  -- The data key that everything is moved to.
  key_id uuid not null,
  -- moving: value by value; settling: until no process can hold an old key any more; then what came meanwhile, and old keys are destroyed.
  state text not null check (state in ('moving', 'settling', 'done')),
  -- The column that is gone through, as table.column, and the last row of it; null before the first.
  place text,
  after_id uuid,
  total integer not null,
  moved integer not null default 0,
  -- Values that do not open; the keys they were sealed under are kept.
  unreadable integer not null default 0,
  destroyed integer not null default 0,
  settles_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table reencryptions is '@platform(select): those that nobody carries on are looked for across tenants';
create unique index reencryptions_open on reencryptions (tenant_id) where state <> 'done';
