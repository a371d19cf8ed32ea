-- Which master key wraps a data key, by its public id; null in rows from before master keys had ids. `sealed` bounds from above how many
-- values it has sealed: processes take room for some thousand at a time.
alter table data_keys add column wrapped_by text, add column sealed bigint not null default 0;

-- The installation's first master key, wrapped under the one of today. Everything that belongs to no tenant is derived from it, and so
-- stays as it is when the master key is changed. One row; nobody but the owner reads it.
create table installation_root (
  id smallint primary key default 1 check (id = 1),
  wrapped text not null,
  wrapped_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
