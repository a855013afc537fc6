WITH t AS (SELECT emp, SUM(amount) AS total FROM sale GROUP BY emp) SELECT a.emp, a.total, b.emp FROM t a JOIN t b ON a.total < b.total ORDER BY 1, 3;
WITH a AS (SELECT id, dept FROM emp), b AS (SELECT dept, COUNT(*) n FROM a GROUP BY dept) SELECT a.id, b.n FROM a JOIN b ON a.dept = b.dept ORDER BY 1;
WITH a(x, y) AS (SELECT id, title FROM dept) SELECT x, y FROM a WHERE x > 1 ORDER BY x;
SELECT * FROM (WITH i AS (SELECT a FROM pair WHERE a = 1) SELECT COUNT(*) AS n FROM i) t;
WITH o AS (WITH i AS (SELECT id FROM emp WHERE id < 4) SELECT id + 1 AS k FROM i) SELECT k FROM o ORDER BY k;
WITH emp AS (SELECT 42 AS id) SELECT id FROM emp;
SELECT id FROM emp WHERE id IN (WITH q AS (SELECT emp FROM sale) SELECT emp FROM q) ORDER BY id;
