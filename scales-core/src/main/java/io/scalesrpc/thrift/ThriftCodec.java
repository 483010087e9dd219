package io.scalesrpc.thrift;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.scalesrpc.Internal;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.thrift.wire.ByteBufTransport;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.apache.thrift.transport.TTransportException;
import org.jspecify.annotations.Nullable;

/**
 * An encoding and its limits: what both ends of a Thrift connection agree on, and all
 * that a message needs to be read or written.
 * <p>
 * <em>Thread-safe</em>.
 */
@Internal
public final class ThriftCodec {

	/** libthrift's own frame limit, the same in all its languages: 16 384 000 bytes. */
	public static final int DEFAULT_MAX_MESSAGE_BYTES = TConfiguration.DEFAULT_MAX_FRAME_SIZE;

	/** libthrift's own limit of nested structs: 64. */
	public static final int DEFAULT_MAX_DEPTH = TConfiguration.DEFAULT_RECURSION_DEPTH;

	/** The option that names one of several services behind one server. */
	public static final String SERVICE_NAME = "service-name";

	private static final int MAX_SAFE_DEPTH = 512;

	private static final int SPARES = 16;

	private final ThriftEncoding encoding;

	private final int maxMessageBytes;

	private final int maxDepth;

	/** What stands before the name of a method in a call; empty for nothing. */
	private final String prefix;

	private final boolean strictRead;

	// A protocol object weighs half a kilobyte. A few are kept, found by thread id and
	// not in a thread local, which virtual threads would fill but never use again.
	private final AtomicReferenceArray<@Nullable MessageStream> spares = new AtomicReferenceArray<>(SPARES);

	/**
	 * Creates a codec with limits of its own.
	 * @param encoding the encoding of every message
	 * @param maxMessageBytes the largest message read or written, in bytes, at least 1
	 * @param maxDepth how deep structs may be nested, 1 to 512; the arguments of a method
	 * are the first struct
	 * @throws IllegalArgumentException if a limit is out of range
	 */
	public ThriftCodec(ThriftEncoding encoding, int maxMessageBytes, int maxDepth) {
		this(encoding, maxMessageBytes, maxDepth, "");
	}

	private ThriftCodec(ThriftEncoding encoding, int maxMessageBytes, int maxDepth, String prefix) {
		if (maxMessageBytes < 1) {
			throw new IllegalArgumentException("maxMessageBytes: " + maxMessageBytes + " (expected: at least 1)");
		}
		if (maxDepth < 1 || maxDepth > MAX_SAFE_DEPTH) {
			throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: 1 to " + MAX_SAFE_DEPTH + ")");
		}
		this.encoding = encoding;
		this.maxMessageBytes = maxMessageBytes;
		this.maxDepth = maxDepth;
		this.prefix = prefix;
		this.strictRead = true;
	}

	private ThriftCodec(ThriftCodec strict) {
		this.encoding = strict.encoding;
		this.maxMessageBytes = strict.maxMessageBytes;
		this.maxDepth = strict.maxDepth;
		this.prefix = strict.prefix;
		this.strictRead = false;
	}

	/**
	 * The same for a server: it reads the old, unversioned binary form, too, as
	 * libthrift's servers do.
	 * @return a codec
	 */
	public ThriftCodec forServers() {
		return new ThriftCodec(this);
	}

	/**
	 * Creates a codec with libthrift's limits.
	 * @param encoding the encoding of every message
	 * @return the codec
	 */
	public static ThriftCodec of(ThriftEncoding encoding) {
		return new ThriftCodec(encoding, DEFAULT_MAX_MESSAGE_BYTES, DEFAULT_MAX_DEPTH);
	}

	/**
	 * A codec for one of several services behind one server, as
	 * {@code TMultiplexedProtocol} writes for {@code TMultiplexedProcessor}: calls have
	 * the name of the service before that of the method, replies do not.
	 * @param service the name; empty for a server of one service
	 * @return the codec
	 * @throws IllegalArgumentException if the name has a colon in it, where servers end
	 * it
	 */
	public ThriftCodec forService(String service) {
		if (service.contains(TMultiplexedProtocol.SEPARATOR)) {
			throw OptionReader.bad(SERVICE_NAME, service, "a name without a colon");
		}
		return service.isEmpty() ? this : new ThriftCodec(this.encoding, this.maxMessageBytes, this.maxDepth,
				service + TMultiplexedProtocol.SEPARATOR);
	}

	/** What a call of a method says that it calls. */
	String nameOf(String method) {
		return this.prefix.isEmpty() ? method : this.prefix + method;
	}

	/**
	 * The encoding of every message.
	 * @return the encoding
	 */
	public ThriftEncoding encoding() {
		return this.encoding;
	}

	/**
	 * The largest message read or written.
	 * @return its size in bytes, at least 1
	 */
	public int maxMessageBytes() {
		return this.maxMessageBytes;
	}

	/**
	 * How deep structs may be nested.
	 * @return the number of structs, 1 to 512
	 */
	public int maxDepth() {
		return this.maxDepth;
	}

	MessageStream take() throws TTransportException {
		MessageStream spare = this.spares.getAndSet(slot(), null);
		return (spare != null) ? spare : open();
	}

	/** Only after success: a protocol that failed half way is in an unknown state. */
	void giveBack(MessageStream stream) {
		this.spares.setRelease(slot(), stream);
	}

	private MessageStream open() throws TTransportException {
		TConfiguration configuration = new TConfiguration(this.maxMessageBytes, this.maxMessageBytes, this.maxDepth);
		ByteBufTransport transport = new ByteBufTransport(configuration);
		return new MessageStream(this, transport, this.encoding.protocol(transport, this.strictRead));
	}

	private static int slot() {
		return (int) (Thread.currentThread().getId() & (SPARES - 1));
	}

	@Override
	public String toString() {
		return this.encoding + " of at most " + this.maxMessageBytes + " bytes";
	}

}
