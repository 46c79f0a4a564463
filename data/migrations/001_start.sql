-- The journal's first tables. Every row that people edit has a version for optimistic locking.

create table settings (
    name text primary key,
    value text not null,          -- JSON
    version integer not null,
    changed_by text not null,
    changed_at text not null      -- UTC, ISO 8601
);

create table users (
    email text primary key,
    name text not null,
    role text not null,
    region_ids text,              -- JSON list; null = the whole company
    version integer not null,
    changed_at text not null
);

create table mappings (
    sender text not null,
    name text not null,
    toml text not null,
    version integer not null,
    changed_by text not null,
    changed_at text not null,
    primary key (sender, name)
);

create table imports (
    import_id integer primary key,
    generation integer,
    outcome text not null,        -- loaded, already_loaded, refused, demo, undone
    summary text not null,        -- JSON
    imported_by text not null,
    imported_at text not null
);

create table saved_views (
    view_id integer primary key,
    owner text not null,
    name text not null,
    page text not null,
    query text not null,
    is_shared integer not null default 0,
    version integer not null,
    changed_at text not null,
    unique (owner, name)
);

create table audit (
    audit_id integer primary key,
    happened_at text not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null          -- JSON
);
