package io.kurobe.nl2sql.validate;

import org.apache.calcite.sql.SqlNode;

/**
 * A query after a repair.
 *
 * @param tree the query
 * @param repair what was changed, in a sentence
 */
record Mended(SqlNode tree, String repair) {}
