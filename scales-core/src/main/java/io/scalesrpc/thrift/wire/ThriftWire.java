package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;

import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * What the three guarded protocols have in common: a limit on nesting that covers structs
 * which libthrift does not count (everything on the way out, exceptions on the way in), a
 * limit on the elements of all containers together, and binary values that neither alias
 * a pooled buffer nor need an array.
 * <p>
 * <em>Confined to the thread</em> that holds its protocol.
 */
final class ThriftWire {

	private final ByteBufTransport transport;

	private final int maxDepth;

	private int depth;

	ThriftWire(ByteBufTransport transport) {
		this.transport = transport;
		this.maxDepth = transport.getConfiguration().getRecursionLimit();
	}

	void enter() throws TProtocolException {
		if (++this.depth > this.maxDepth) {
			throw new TProtocolException(TProtocolException.DEPTH_LIMIT,
					"nested structs: " + this.depth + " (expected: at most " + this.maxDepth + ")");
		}
	}

	void leave() {
		this.depth--;
	}

	void reset() {
		this.depth = 0;
	}

	/** Called with the elements that a container declares, before it is allocated. */
	void claim(long elements) throws TTransportException {
		this.transport.claim(elements);
	}

	/**
	 * The protocols give out views of the transport's array, which goes back to Netty's
	 * pool.
	 */
	static ByteBuffer detached(ByteBuffer value, TProtocol protocol) {
		TTransport transport = protocol.getTransport();
		boolean view = transport.getBytesRemainingInBuffer() >= 0 && value.array() == transport.getBuffer();
		return (view) ? copy(value) : value;
	}

	/** Binary and JSON write {@code array()}, JSON as if it always began at index 0. */
	static ByteBuffer withArray(ByteBuffer value) {
		return (value.hasArray() && value.arrayOffset() == 0) ? value : copy(value);
	}

	private static ByteBuffer copy(ByteBuffer value) {
		byte[] bytes = new byte[value.remaining()];
		value.duplicate().get(bytes);
		return ByteBuffer.wrap(bytes);
	}

}
