@org.jspecify.annotations.NullMarked
package io.kurobe.nl2sql.semantic;
