-- A key is made for every request: what each of them costs here is paid at the edge.

-- Keys are made in the transaction that holds the primary key-encryption key, and its row is never deleted: no need to look for it per key.
alter table data_key drop constraint data_key_kek_id_fkey;

drop index data_key_by_subject;
create index data_key_by_subject on data_key (purpose, subject) where subject is not null;
