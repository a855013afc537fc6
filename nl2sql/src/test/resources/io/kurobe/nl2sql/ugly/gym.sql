CREATE TABLE member (member_id int, full_name text, joined_on date, plan text, birth_date date);
CREATE TABLE trainer (trainer_id int, name text, hourly_rate numeric, speciality text);
CREATE TABLE course (course_id int, title text, trainer_id int, room text, capacity int);
CREATE TABLE booking (booking_id int, member_id int, course_id int, booked_on date, attended boolean);
INSERT INTO member VALUES (1, 'Ada Quist', '2021-01-04', 'gold', '1990-05-01'), (2, 'Ben Roos', '2022-02-05', 'basic', '1985-06-02'), (3, 'Cleo Stam', '2022-03-06', 'gold', '2001-07-03'), (4, 'Dirk Tol', '2023-04-07', 'basic', '1978-08-04');
INSERT INTO trainer VALUES (1, 'Eva Unger', 45, 'yoga'), (2, 'Finn Vos', 60, 'boxing'), (3, 'Gina Wolf', 38, 'spinning');
INSERT INTO course VALUES (10, 'Sunrise Yoga', 1, 'Studio A', 12), (11, 'Power Boxing', 2, 'Ring', 8), (12, 'Night Ride', 3, 'Studio B', 20), (13, 'Gentle Yoga', 1, 'Studio A', 15);
INSERT INTO booking VALUES (100, 1, 10, '2023-05-01', true), (101, 1, 11, '2023-05-02', false), (102, 2, 10, '2023-05-03', true), (103, 3, 12, '2023-06-01', true), (104, 3, 10, '2023-06-02', true), (105, 1, 12, '2024-01-03', false);
