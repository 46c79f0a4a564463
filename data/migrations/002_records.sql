-- What people write about a subject (an account, a deal, a target board): every version is kept, the last one counts.

create table records (
    record_id integer not null,
    version integer not null,
    kind text not null,
    subject text not null,        -- the user's own id of what it is about
    content text not null,        -- JSON
    is_open integer not null,
    written_by text not null,
    written_at text not null,     -- UTC, ISO 8601
    primary key (record_id, version)
);

create index records_by_kind on records (kind, subject);
