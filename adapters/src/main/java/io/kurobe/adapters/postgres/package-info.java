/** The PostgreSQL source: catalog from pg_catalog, rows by binary COPY into Arrow vectors. */
@NullMarked
package io.kurobe.adapters.postgres;

import org.jspecify.annotations.NullMarked;
