-- A row each read, with what had been acknowledged before it began: `writes` are all of those, by whomever and of whatever key. The read missed those
-- of its own key that have a higher version than what it returned.
WITH accesses AS (
  SELECT operations.id, session, server, invoked, completed, kind, key, version
  FROM operations JOIN steps ON operation = operations.id
  WHERE outcome = 'ok'
),
reads AS (SELECT * FROM accesses WHERE kind = 'read'),
writes AS (SELECT * FROM accesses WHERE kind = 'write'),
joined AS (
  SELECT reads.*, writes.completed AS written,
         writes.session = reads.session AS own,
         writes.key = reads.key AND writes.version > reads.version AS missed
  FROM reads LEFT JOIN writes ON writes.completed <= reads.invoked
)
SELECT actors.name AS server,
       (completed - invoked) / 1000 AS latency_us,
       (invoked - max(written) FILTER (WHERE own)) / 1000000 AS since_own_write_ms,
       coalesce((invoked - min(written) FILTER (WHERE missed) + 999999) / 1000000, 0) AS stale_ms,
       count(*) FILTER (WHERE missed AND own) > 0 AS missed_own
FROM joined JOIN actors ON actors.id = server
GROUP BY joined.id
ORDER BY invoked, joined.id
