package io.scalesrpc.thrift;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.transport.TEndpointTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * A Thrift transport over a Netty buffer that holds exactly one message. libthrift asks
 * {@link #checkReadBytesAvailable(long)} before it allocates for a declared size; the
 * answer here is always the bytes that are present, so a hostile size cannot cost more
 * memory than the peer has sent, and {@link #claim(long)} extends that to all containers
 * of a message together. A buffer with an array is read in place.
 * <p>
 * Bound to one buffer at a time and reused for the next; never releases it.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
final class ByteBufTransport extends TEndpointTransport {

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private boolean inPlace;

	private int writeLimit;

	private long unclaimed;

	ByteBufTransport(TConfiguration configuration) throws TTransportException {
		super(configuration);
	}

	void bindForReading(ByteBuf message) throws TTransportException {
		if (message.readableBytes() > getMaxMessageSize()) {
			throw tooLarge(message.readableBytes());
		}
		this.buffer = message;
		this.inPlace = message.hasArray();
		this.unclaimed = message.readableBytes();
	}

	void bindForWriting(ByteBuf out) {
		this.buffer = out;
		this.inPlace = false;
		this.writeLimit = (int) Math.min(Integer.MAX_VALUE, out.writerIndex() + getMaxMessageSize());
	}

	void unbind() {
		this.buffer = Unpooled.EMPTY_BUFFER;
		this.inPlace = false;
	}

	int unread() {
		return this.buffer.readableBytes();
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		int count = Math.min(length, this.buffer.readableBytes());
		this.buffer.readBytes(target, offset, count);
		return count;
	}

	@Override
	public void write(byte[] source, int offset, int length) throws TTransportException {
		checkRoom(length);
		this.buffer.writeBytes(source, offset, length);
	}

	@Override
	public int write(ByteBuffer source) throws TTransportException {
		int length = source.remaining();
		checkRoom(length);
		this.buffer.writeBytes(source);
		return length;
	}

	private void checkRoom(int length) throws TTransportException {
		if (length > this.writeLimit - this.buffer.writerIndex()) {
			throw tooLarge(getMaxMessageSize() + 1);
		}
	}

	private TTransportException tooLarge(long size) {
		return new TTransportException(TTransportException.MESSAGE_SIZE_LIMIT,
				"message size: at least " + size + " bytes (expected: at most " + getMaxMessageSize() + ")");
	}

	@Override
	public void checkReadBytesAvailable(long declared) throws TTransportException {
		if (declared < 0 || declared > this.buffer.readableBytes()) {
			throw new TTransportException(TTransportException.MESSAGE_SIZE_LIMIT, "declared size: " + declared
					+ " bytes (expected: at most the " + this.buffer.readableBytes() + " that follow)");
		}
	}

	/**
	 * Every element has at least one byte that is no other element's, so a message cannot
	 * hold more elements than bytes, all containers together. Without this, lists within
	 * lists that all claim the whole rest of the message would each be allocated.
	 */
	void claim(long elements) throws TTransportException {
		if (elements > this.unclaimed) {
			throw new TTransportException(TTransportException.MESSAGE_SIZE_LIMIT, "declared elements: " + elements
					+ " (expected: at most " + this.unclaimed + ", with those declared before one for each byte)");
		}
		this.unclaimed -= elements;
	}

	@Override
	public byte[] getBuffer() {
		return this.buffer.array();
	}

	@Override
	public int getBufferPosition() {
		return this.buffer.arrayOffset() + this.buffer.readerIndex();
	}

	@Override
	public int getBytesRemainingInBuffer() {
		return (this.inPlace) ? this.buffer.readableBytes() : -1;
	}

	@Override
	public void consumeBuffer(int length) {
		this.buffer.skipBytes(length);
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void open() {
		// A buffer is always open.
	}

	@Override
	public void close() {
		// The owner of the buffer releases it.
	}

}
