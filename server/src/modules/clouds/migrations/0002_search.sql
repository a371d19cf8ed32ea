-- Under row-level security an index is used only for operators that cannot leak what they see; those of jsonb may, so this one
-- was never used.
drop index servers_by_labels;

create index servers_with_drift on servers (tenant_id, created_at desc, id desc) where deleted_at is null and open_findings > 0;
create index servers_by_ipv4 on servers (tenant_id, public_ipv4) where deleted_at is null;
create index servers_by_ipv6 on servers (tenant_id, public_ipv6) where deleted_at is null;
