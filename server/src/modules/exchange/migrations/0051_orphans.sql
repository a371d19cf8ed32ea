-- A fabric that was taken off its network while networks were connected to it: what hangs on it stays, and waits until it is on one again.
alter table exchange_fabrics add column orphaned_from text collate "C" check (orphaned_from ~ '^[0-9a-f]{16}$');
