@org.jspecify.annotations.NullMarked
package io.kurobe.server.semantic;
