-- A key is no longer one memory for everybody: what is kept for others would tell by its key that it is there.
alter table memories drop constraint memories_tenant_id_space_key_key;
create index memories_key on memories (tenant_id, space, key);
