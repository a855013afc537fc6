SELECT d.id, t.name FROM dept d CROSS JOIN LATERAL (SELECT name FROM emp e WHERE e.dept = d.id ORDER BY salary DESC NULLS LAST LIMIT 1) t ORDER BY 1;
SELECT d.id, t.name FROM dept d LEFT JOIN LATERAL (SELECT name FROM emp e WHERE e.dept = d.id ORDER BY salary DESC NULLS LAST LIMIT 1) t ON TRUE ORDER BY 1;
SELECT d.id, t.n FROM dept d, LATERAL (SELECT COUNT(*) n FROM emp e WHERE e.dept = d.id) t ORDER BY 1;
SELECT d.id, t.x FROM dept d, LATERAL (SELECT d.id * 2 AS x) t ORDER BY 1;
SELECT d.id, t.x FROM dept d, LATERAL (VALUES (d.id), (d.id + 10)) t(x) ORDER BY 1, 2;
SELECT d.id, x.y FROM dept d LEFT JOIN LATERAL (SELECT MAX(salary) y FROM emp e WHERE e.dept = d.id) x ON x.y > 4200 ORDER BY 1;
