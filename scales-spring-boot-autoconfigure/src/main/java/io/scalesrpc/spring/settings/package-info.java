/**
 * The settings {@code scales.*} as Spring binds them: of clients, protocols and
 * everything that is there once.
 */
@NullMarked
package io.scalesrpc.spring.settings;

import org.jspecify.annotations.NullMarked;
