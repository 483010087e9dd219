/**
 * Thrift's protocols on buffers, guarded against sizes that no message can have.
 */
@Internal
@NullMarked
package io.scalesrpc.thrift.wire;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
