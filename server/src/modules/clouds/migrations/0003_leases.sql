-- Whoever reads a connection holds a lease (kernel). Its token is here, so that one who was held up meanwhile writes nothing more.
alter table cloud_connections drop column syncing_until;
alter table cloud_connections add column lease_token bigint not null default 0;
