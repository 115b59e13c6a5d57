-- Addresses of pages as they were sent, which go when the person is forgotten; the other columns have what is no person's.

alter table sessions
    add column entry_page_as_sent text,
    add column exit_page_as_sent  text,
    add column referrer_as_sent   text;
