SELECT id FROM emp WHERE id != 1 AND id <> 2 ORDER BY id;
