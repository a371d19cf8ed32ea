-- What the world may see: which fabrics list their members (none, unless somebody says so), and which networks keep their name out of it.
alter table exchange_fabrics
  add column published boolean not null default false,
  -- As the databases of the world know the exchange.
  add column ixf_id integer check (ixf_id > 0),
  add column peeringdb_ix_id integer check (peeringdb_ix_id > 0);
alter table exchange_participants add column name_hidden boolean not null default false;
