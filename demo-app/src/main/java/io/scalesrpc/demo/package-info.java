/**
 * A small shop that shows Scales at work: its prices come from five embedded ThriftMux
 * servers, one of them slow, through the starter. The snippets of the documentation live
 * here. Nothing else depends on it.
 */
@NullMarked
package io.scalesrpc.demo;

import org.jspecify.annotations.NullMarked;
