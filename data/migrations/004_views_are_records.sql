-- Saved views become records of their owners: every version is kept, and a view that was deleted too.

insert into records (record_id, version, kind, subject, content, is_open, written_by, written_at)
select
    (select coalesce(max(record_id), 0) from records) + row_number() over (order by view_id), 1, 'saved_view', owner,
    json_object('name', name, 'page', page, 'query', query), 1, owner, changed_at
from saved_views;

drop table saved_views;
