package io.kurobe.adapters.postgres;

/**
 * The queries on pg_catalog that read a whole catalog, whatever its size. {@code %s} is where the
 * schemas are restricted.
 */
final class CatalogSql {
  /** What stands between a column's type and the collation it was declared with. */
  static final String COLLATE = " COLLATE ";

  /** The type of a column {@code a}, behind it the collation it was declared with. */
  static final String DECLARED_TYPE =
      """
      pg_catalog.format_type(a.atttypid, a.atttypmod) || coalesce((
        SELECT ' COLLATE ' || pg_catalog.quote_ident(l.collname)
        FROM pg_catalog.pg_collation l
        WHERE l.oid = a.attcollation AND l.collname <> 'default'
          AND a.atttypid <> 'pg_catalog.name'::pg_catalog.regtype), '')""";

  static final String SCHEMAS =
      """
      SELECT n.oid, n.nspname
      FROM pg_catalog.pg_namespace n
      WHERE %s AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      ORDER BY n.nspname COLLATE "C"
      """;

  /**
   * Tables and views, not partitions. A partitioned table is as large as its leaves, if all were
   * analyzed.
   */
  static final String TABLES =
      """
      WITH RECURSIVE part(root, oid) AS (
        SELECT i.inhparent, i.inhrelid
        FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
        WHERE c.relkind = 'p' AND NOT c.relispartition
        UNION ALL
        SELECT p.root, i.inhrelid FROM part p JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      ), leaves AS (
        SELECT p.root,
          CASE WHEN pg_catalog.min(l.reltuples) >= 0 THEN pg_catalog.sum(l.reltuples) END AS rows
        FROM part p JOIN pg_catalog.pg_class l ON l.oid = p.oid
        WHERE l.relkind <> 'p'
        GROUP BY p.root
      )
      SELECT c.oid, c.relnamespace, c.relname, c.relkind,
        CASE
          WHEN c.relkind = 'p' AND c.reltuples <= 0 THEN leaves.rows
          WHEN c.relkind IN ('r', 'p', 'm') AND c.reltuples >= 0 THEN c.reltuples
        END,
        d.description
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN leaves ON leaves.root = c.oid
      LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0
        AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AND %s
      ORDER BY c.relname COLLATE "C"
      """;

  /** Columns of tables and views, and fields of composite types. */
  static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod,
        a.attnotnull OR t.typnotnull,
        """
          + DECLARED_TYPE
          + """
      , d.description,
        CASE WHEN a.atthasdef THEN pg_catalog.pg_get_expr(f.adbin, f.adrelid) END,
        a.attidentity, a.attgenerated
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
      LEFT JOIN pg_catalog.pg_description d ON d.objoid = a.attrelid AND d.objsubid = a.attnum
        AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
      WHERE a.attnum > 0 AND NOT a.attisdropped AND NOT c.relispartition
        AND (c.relkind = 'c' OR c.relkind IN ('r', 'p', 'v', 'm', 'f') AND %s)
      ORDER BY a.attrelid, a.attnum
      """;

  /** All types but the row types of tables and the arrays of those. */
  static final String TYPES =
      """
      SELECT t.oid, t.typname, t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace, t.typtype,
        t.typcategory = 'A' AND t.typelem <> 0 AND t.typlen = -1,
        t.typelem, t.typbasetype, t.typtypmod, t.typrelid
      FROM pg_catalog.pg_type t
      LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      LEFT JOIN pg_catalog.pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
      WHERE c.oid IS NULL OR c.relkind = 'c'
      """;

  /**
   * All indexes. Its parts are attributes by number, 0 for an expression; those that the index only
   * includes come after the others.
   */
  static final String INDEXES =
      """
      SELECT i.indrelid, x.relname, i.indisprimary, i.indisunique, i.indisclustered, m.amname,
        i.indnkeyatts, i.indkey::text, i.indoption::text,
        pg_catalog.pg_get_expr(i.indpred, i.indrelid, true),
        CASE WHEN x.reltuples >= 0 THEN x.reltuples END, x.relpages,
        CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
          SELECT pg_catalog.pg_get_indexdef(i.indexrelid, part, true)
          FROM pg_catalog.generate_series(1, i.indnkeyatts::int) part) END
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
      JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
      JOIN pg_catalog.pg_am m ON m.oid = x.relam
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indisvalid AND NOT c.relispartition AND %s
      ORDER BY i.indrelid, x.relname COLLATE "C"
      """;

  static final String FOREIGN_KEYS =
      """
      SELECT k.conrelid, k.conname, k.confrelid,
        pg_catalog.array_to_string(k.conkey, ' '), pg_catalog.array_to_string(k.confkey, ' '),
        x.relname, k.confupdtype, k.confdeltype, k.condeferrable, k.condeferred
      FROM pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_class x ON x.oid = k.conindid
      WHERE k.contype = 'f' AND NOT c.relispartition AND %s
      ORDER BY k.conrelid, k.conname COLLATE "C"
      """;

  /**
   * A table's rows. A partitioned table is the sum of its leaves; where ANALYZE never ran, a page
   * is taken to hold 80 rows.
   */
  static final String TABLE_STATISTICS =
      """
      WITH RECURSIVE part(oid, relkind) AS (
        SELECT c.oid, c.relkind
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'm', 'f')
        UNION ALL
        SELECT l.oid, l.relkind
        FROM part p JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
        JOIN pg_catalog.pg_class l ON l.oid = i.inhrelid
        WHERE p.relkind = 'p'
      )
      SELECT pg_catalog.sum(
        CASE WHEN c.reltuples >= 0 THEN c.reltuples
          WHEN c.relkind IN ('r', 'm')
          THEN pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int * 80
        END)
      FROM part p JOIN pg_catalog.pg_class c ON c.oid = p.oid
      WHERE c.relkind <> 'p'
      """;

  /** Statistics of columns; those over partitions and children come last. */
  static final String COLUMN_STATISTICS =
      """
      SELECT attname, null_frac, avg_width, n_distinct, most_common_vals::text::text[],
        (histogram_bounds::text::text[])[1],
        (histogram_bounds::text::text[])[pg_catalog.array_upper(histogram_bounds::text::text[], 1)]
      FROM pg_catalog.pg_stats
      WHERE schemaname = ? AND tablename = ?
      ORDER BY inherited
      """;

  private CatalogSql() {}
}
