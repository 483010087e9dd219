/**
 * Connections on which answers come in the order of the requests and carry no tag: plain
 * Thrift today. {@link io.scalesrpc.serial.SerialConnectionFactory} opens them; the
 * protocol says by a {@link io.scalesrpc.serial.SerialCodec} how messages are written,
 * cut out of the stream and read. A request whose answer nobody waits for any more closes
 * its connection, because its answer would be taken for that of the next. Used by the
 * protocols, below a pool unless several calls may be under way. Never sends a request
 * twice, and knows no protocol's bytes.
 */
@Internal
@NullMarked
package io.scalesrpc.serial;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
