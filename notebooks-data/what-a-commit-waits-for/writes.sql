-- A row each insert. Every row of the table has a key of its own, so what a node held in the end (a final fact `value`) says whether the row survived there,
-- and when the standby came to show it is when it first said so (`applied`).
WITH writes AS (
  SELECT operations.id, invoked, completed, outcome, key
  FROM operations JOIN steps ON operation = operations.id
  WHERE invoked IS NOT NULL
),
said AS (
  SELECT actors.name AS node, fact, key, time, final
  FROM facts JOIN actors ON actors.id = facts.node
)
SELECT invoked / 1000 AS started_us,
       CASE outcome WHEN 'ok' THEN (completed - invoked) / 1000 END AS latency_us,
       outcome,
       EXISTS (SELECT * FROM said WHERE node = 'primary' AND fact = 'value' AND final AND said.key = writes.key) AS on_primary,
       EXISTS (SELECT * FROM said WHERE node = 'replica1' AND fact = 'value' AND final AND said.key = writes.key) AS on_replica1,
       (SELECT min(time) FROM said WHERE node = 'replica1' AND fact = 'applied' AND said.key = writes.key) / 1000 AS shown_us
FROM writes
ORDER BY invoked, id
