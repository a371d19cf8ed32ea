-- Counters of limits: one row per tenant and key, with the count of the current window and of the one before. Unlogged: after a crash
-- of the database they begin anew, which costs nobody more than a window.
create unlogged table rate_counters (
  tenant_id uuid not null,
  key text not null,
  seconds integer not null,
  quota integer not null,
  span bigint not null,
  used integer not null,
  previous integer not null,
  -- What the last ask was given: the statement that counts reads it back in the same step.
  granted integer not null,
  at timestamptz not null,
  primary key (tenant_id, key)
);
comment on table rate_counters is '@app(select, delete) @platform: asked before it is known what a call may do';
create index rate_counters_age on rate_counters (at);

-- Processes of the installation that are alive, by their own word; who shares counters wants to know among how many.
create unlogged table processes (
  id uuid primary key,
  seen_at timestamptz not null
);
comment on table processes is '@platform: of no tenant';
