CREATE TABLE teachers (id int PRIMARY KEY, name text, mentor_id int REFERENCES teachers, subject text, salary numeric(10, 2), hired_on date);
CREATE TABLE classes (id int PRIMARY KEY, name text, teacher_id int REFERENCES teachers, room text);
CREATE TABLE students (id int PRIMARY KEY, name text, class_id int REFERENCES classes, city text, gender text, birth_date date);
CREATE TABLE exams (id int PRIMARY KEY, student_id int REFERENCES students, subject text, taken_on date, score int);
INSERT INTO teachers VALUES
  (1, 'Ada Brown', NULL, 'Mathematics', 5200, '2010-08-01'), (2, 'Bo Chen', 1, 'Physics', 4800, '2015-08-01'),
  (3, 'Cy Dahl', 1, 'History', 5600, '2012-02-01'), (4, 'Di Evans', 2, 'Mathematics', 4900, '2018-08-01'),
  (5, 'Ed Fox', 2, 'Physics', 4100, '2020-08-01'), (6, 'Flo Gray', 3, 'History', 3900, '2021-02-01');
INSERT INTO classes VALUES (1, '5A', 1, 'R1'), (2, '5B', 2, 'R2'), (3, '6A', 3, 'R1'), (4, '6B', 4, 'R3');
INSERT INTO students SELECT i, (ARRAY['Zoe', 'Max', 'Lea', 'Tom', 'Ivy', 'Sam'])[1 + i % 6] || ' ' || (ARRAY['Hill', 'Reed', 'Cole', 'Webb', 'Lowe', 'Park', 'Nash'])[1 + i % 7], 1 + i % 4, (ARRAY['Leeds', 'York', 'Hull'])[1 + i % 3],
  CASE WHEN i % 5 < 2 THEN 'female' ELSE 'male' END, DATE '2012-01-15' + i * 37 FROM generate_series(1, 24) i;
INSERT INTO exams SELECT i, 1 + i * 7 % 24, (ARRAY['Mathematics', 'Physics', 'History'])[1 + i % 3],
  DATE '2022-09-05' + i * 9, 40 + i * 31 % 61 FROM generate_series(1, 90) i;
