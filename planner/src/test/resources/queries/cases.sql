SELECT id, CASE dept WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'other' END FROM emp ORDER BY id;
SELECT id, CASE WHEN salary > 4000 THEN 'high' WHEN salary > 2600 THEN 'mid' END FROM emp ORDER BY id;
SELECT id, COALESCE(salary, 0), COALESCE(NULL, dept, -1), NULLIF(dept, 2), GREATEST(id, dept), LEAST(id, dept, 3) FROM emp ORDER BY id;
SELECT GREATEST('a', 'B', 'é'), LEAST(DATE '2020-01-01', DATE '2019-01-01');
SELECT COALESCE(score, salary) FROM emp ORDER BY id;
SELECT NULLIF(salary, 3000), NULLIF('a', 'a') FROM emp ORDER BY id;
