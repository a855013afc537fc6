/** The configuration: one YAML file, read into records, every mistake reported with its line. */
@NullMarked
package io.kurobe.server.config;

import org.jspecify.annotations.NullMarked;
