SELECT LOG(100), LOG(2, 8), CBRT(27.0), DEGREES(0), RADIANS(0), SIN(0), COS(0), TAN(0), COT(1.0), ASIN(0), ACOS(1), ATAN(0), ATAN2(0, 1);
SELECT ROUND(salary / 3, 2), salary * 1.1, salary / id, salary % 1000, -salary, +salary FROM emp ORDER BY id;
SELECT SUM(id * 1000000), AVG(id), AVG(salary), SUM(score) FROM emp;
