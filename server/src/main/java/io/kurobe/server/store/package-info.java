/**
 * The state that outlives the process: in SQLite, or in PostgreSQL by {@code server.state}.
 *
 * <p>The schema is one for both, and so is the SQL that reads and writes it. A migration is a file
 * {@code V<number>__<what_it_does>.sql} among the resources, beside this package: in {@code
 * migration/common} if both databases take the same text, which is to be sought; else one file of
 * the same name in {@code migration/sqlite} and one in {@code migration/postgres}. What both take:
 * {@code VARCHAR(n)}, {@code TEXT}, {@code INTEGER}, {@code BIGINT}, {@code DOUBLE PRECISION},
 * {@code PRIMARY KEY} over columns that the program fills, {@code REFERENCES … ON DELETE CASCADE},
 * {@code CREATE INDEX}; in queries {@code INSERT … ON CONFLICT (key) DO UPDATE SET c = excluded.c},
 * and {@code LIMIT}. Times are {@code BIGINT}, milliseconds since 1970 in UTC; yes and no are
 * {@code INTEGER} 1 and 0; bytes are {@code TEXT} in base64; names that ignore case are compared in
 * the program, as the databases do not agree on it. PostgreSQL keeps no character 0 in a text
 * ({@link Texts}), and holds a column to its length. A file that was released is never changed:
 * {@code MigrationsTest} keeps its checksum, and opens a store of each earlier version.
 */
@NullMarked
package io.kurobe.server.store;

import org.jspecify.annotations.NullMarked;
