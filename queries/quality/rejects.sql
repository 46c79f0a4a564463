-- Question: which rows were rejected, and why?
-- Grain: table × file × reason.
-- Columns: table_name, file_name, reason, rows (with that reason), rejected_rows (rows of the table and file with any reason).
-- Caveats: a row with two reasons is counted under both, so use rejected_rows for sums. Only viewers of everything see rejects.
with reasons as (
    select table_name, file_name, unnest(reasons) as reason from visible_rejected_rows
), files as (
    select table_name, file_name, count(*) as rejected_rows from visible_rejected_rows group by all
)
select
    reasons.table_name, reasons.file_name, reasons.reason, count(*)::bigint as rows, any_value(files.rejected_rows)::bigint as rejected_rows
from reasons
inner join files on files.table_name = reasons.table_name and files.file_name is not distinct from reasons.file_name
group by all
order by rows desc, reasons.table_name, reasons.file_name, reasons.reason
