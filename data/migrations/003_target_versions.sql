-- Target boards as they were saved: a version holds the rows that it changed; a row's last version up to n is the row in version n.

create table target_versions (
    board text not null,          -- the off-season: its first month and its months, "2027-04+6"
    version integer not null,
    reason text not null,
    about text not null,          -- JSON: the requirement and the thresholds that it rests on
    based_on integer not null,    -- the version that the writer saw; 0 = none
    saved_by text not null,
    saved_at text not null,       -- UTC, ISO 8601
    primary key (board, version)
);

create table target_rows (
    board text not null,
    version integer not null,
    account_id text not null,
    product_id text not null,
    units text not null,          -- JSON: whole cases, month by month
    primary key (board, account_id, product_id, version)
);

create index target_rows_by_version on target_rows (board, version);

-- Approved, frozen, opened again: who said so of which version, for which regions.
create table target_marks (
    mark_id integer primary key,
    board text not null,
    version integer not null,
    mark text not null,           -- approved, frozen, opened
    region_ids text,              -- JSON list; null = the whole company
    note text not null,
    marked_by text not null,
    marked_at text not null       -- UTC, ISO 8601
);

create index target_marks_by_board on target_marks (board);
