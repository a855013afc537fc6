@org.jspecify.annotations.NullMarked
package io.kurobe.adapters.trino;
