/**
 * The settings of single stages of a client.
 */
@NullMarked
package io.scalesrpc.spring.settings.stage;

import org.jspecify.annotations.NullMarked;
