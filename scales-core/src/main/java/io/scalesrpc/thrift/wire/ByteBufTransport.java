package io.scalesrpc.thrift.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

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
 * of a message together.
 * <p>
 * Protocols read and write a few bytes at a time, for which a Netty buffer is slow: each
 * access proves that the buffer is alive. So a short message goes through an array of
 * this transport, to or from the buffer in one copy; a buffer with an array is read in
 * place, and of a long message only what is written goes through the array.
 * <p>
 * Bound to one buffer at a time and reused for the next; never releases it.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
public final class ByteBufTransport extends TEndpointTransport {

	private static final char MAX_ASCII = 0x7f;

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	/** A type and an id. */
	private static final int HEAD_BYTES = 3;

	/** Enough for most messages; kept with the transport, which is kept for the next. */
	private static final int FIRST_BYTES = 512;

	/** Longer messages are read from the buffer: there are many transports. */
	private static final int MAX_BYTES = 20 * 1024;

	/** What is read or written, unless it goes through the array. */
	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	/** For messages that are copied. */
	private byte[] own = new byte[FIRST_BYTES];

	/** What is read: this transport's own or the buffer's. */
	private byte[] array = this.own;

	private boolean inArray;

	/** Where the next byte is read or written in the array. */
	private int position;

	/** Where the message ends in the array, when it is read. */
	private int end;

	private int writeLimit;

	private long unclaimed;

	public ByteBufTransport(TConfiguration configuration) throws TTransportException {
		super(configuration);
	}

	/** Takes the message out of the buffer, or reads it there. */
	public void bindForReading(ByteBuf message) throws TTransportException {
		int length = message.readableBytes();
		if (length > getMaxMessageSize()) {
			throw tooLarge(length);
		}
		this.buffer = message;
		this.unclaimed = length;
		this.inArray = message.hasArray() || length <= MAX_BYTES;
		if (message.hasArray()) {
			this.array = message.array();
			this.position = message.arrayOffset() + message.readerIndex();
			this.end = this.position + length;
			message.skipBytes(length);
		}
		else if (this.inArray) {
			this.array = ownArray(length);
			this.position = 0;
			this.end = length;
			message.readBytes(this.array, 0, length);
		}
	}

	private byte[] ownArray(int length) {
		if (this.own.length < length) {
			this.own = new byte[MAX_BYTES];
		}
		return this.own;
	}

	public void bindForWriting(ByteBuf out) {
		this.buffer = out;
		this.inArray = false;
		this.position = 0;
		this.writeLimit = (int) Math.min(Integer.MAX_VALUE, out.writerIndex() + getMaxMessageSize());
	}

	/** Puts what is still in the array into the buffer. */
	public void finishWriting() {
		this.buffer.writeBytes(this.own, 0, this.position);
		this.position = 0;
	}

	public void unbind() {
		this.buffer = Unpooled.EMPTY_BUFFER;
		this.array = this.own;
		this.inArray = false;
		this.position = 0;
	}

	public int unread() {
		return this.inArray ? this.end - this.position : this.buffer.readableBytes();
	}

	/** Reads the head of a message, if it is just this one. */
	boolean readMessageHead(int version, byte[] name, int sequenceId) {
		int nameAt = this.position + Integer.BYTES;
		int nameEnd = nameAt + name.length;
		boolean same = this.inArray && this.end - nameEnd >= Integer.BYTES
				&& (int) INT.get(this.array, this.position) == version
				&& Arrays.equals(this.array, nameAt, nameEnd, name, 0, name.length)
				&& (int) INT.get(this.array, nameEnd) == sequenceId;
		if (same) {
			this.position = nameEnd + Integer.BYTES;
		}
		return same;
	}

	/** Writes the head of a message. */
	void writeMessageHead(int version, byte[] name, int sequenceId) throws TTransportException {
		int length = 2 * Integer.BYTES + name.length;
		checkRoom(length);
		if (length > this.own.length - this.position) {
			this.buffer.writeInt(version).writeBytes(name).writeInt(sequenceId);
			return;
		}
		INT.set(this.own, this.position, version);
		System.arraycopy(name, 0, this.own, this.position + Integer.BYTES, name.length);
		INT.set(this.own, this.position + Integer.BYTES + name.length, sequenceId);
		this.position += length;
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		int count = Math.min(length, unread());
		if (this.inArray) {
			System.arraycopy(this.array, this.position, target, offset, count);
			this.position += count;
		}
		else {
			this.buffer.readBytes(target, offset, count);
		}
		return count;
	}

	@Override
	public void write(byte[] source, int offset, int length) throws TTransportException {
		checkRoom(length);
		if (length > this.own.length - this.position) {
			finishWriting();
		}
		if (length > this.own.length) {
			this.buffer.writeBytes(source, offset, length);
		}
		else {
			System.arraycopy(source, offset, this.own, this.position, length);
			this.position += length;
		}
	}

	@Override
	public int write(ByteBuffer source) throws TTransportException {
		int length = source.remaining();
		checkRoom(length);
		finishWriting();
		this.buffer.writeBytes(source);
		return length;
	}

	/**
	 * Writes a text with its length, four bytes, in front; without an array in between if
	 * it is short and of one byte a character, as most are.
	 * @return whether it was written
	 */
	boolean writeShortText(String text) throws TTransportException {
		int length = text.length();
		if (Integer.BYTES + length > this.own.length - this.position) {
			return false;
		}
		int at = this.position + Integer.BYTES;
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (c > MAX_ASCII) {
				return false;
			}
			this.own[at + i] = (byte) c;
		}
		checkRoom(Integer.BYTES + length);
		INT.set(this.own, this.position, length);
		this.position = at + length;
		return true;
	}

	/** Writes the head of a field, a type and an id, and room for its value behind it. */
	private int writeHead(byte type, short id, int valueBytes) throws TTransportException {
		int length = HEAD_BYTES + valueBytes;
		checkRoom(length);
		if (length > this.own.length - this.position) {
			finishWriting();
		}
		int at = this.position;
		this.own[at] = type;
		SHORT.set(this.own, at + 1, id);
		this.position = at + length;
		return at + HEAD_BYTES;
	}

	/** Writes the head of a field in three bytes. */
	void writeHead(byte type, short id) throws TTransportException {
		writeHead(type, id, 0);
	}

	/** Writes a field with a value of one byte. */
	void writeByteField(byte type, short id, byte value) throws TTransportException {
		this.own[writeHead(type, id, 1)] = value;
	}

	/** Writes a field with a value of two bytes. */
	void writeShortField(byte type, short id, short value) throws TTransportException {
		SHORT.set(this.own, writeHead(type, id, Short.BYTES), value);
	}

	/** Writes a field with a value of four bytes. */
	void writeIntField(byte type, short id, int value) throws TTransportException {
		INT.set(this.own, writeHead(type, id, Integer.BYTES), value);
	}

	/** Writes a field with a value of eight bytes. */
	void writeLongField(byte type, short id, long value) throws TTransportException {
		LONG.set(this.own, writeHead(type, id, Long.BYTES), value);
	}

	/**
	 * Reads the head of a field, if the whole of it is in the array.
	 * @return the id in the lower 16 bits, above it the type; negative if nothing was
	 * read, as the type 0 may be the last byte
	 */
	int readHead() {
		if (!this.inArray || this.end - this.position < HEAD_BYTES || this.array[this.position] <= 0) {
			return -1;
		}
		int head = this.array[this.position] << Short.SIZE | (short) SHORT.get(this.array, this.position + 1) & 0xffff;
		this.position += HEAD_BYTES;
		return head;
	}

	/** Whether the next bytes are in the array. */
	boolean has(int bytes) {
		return this.inArray && this.end - this.position >= bytes;
	}

	/** Reads a byte that is in the array. */
	byte takeByte() {
		return this.array[this.position++];
	}

	/** Reads two bytes that are in the array. */
	short takeShort() {
		short value = (short) SHORT.get(this.array, this.position);
		this.position += Short.BYTES;
		return value;
	}

	/** Reads four bytes that are in the array. */
	int takeInt() {
		int value = (int) INT.get(this.array, this.position);
		this.position += Integer.BYTES;
		return value;
	}

	/** Reads eight bytes that are in the array. */
	long takeLong() {
		long value = (long) LONG.get(this.array, this.position);
		this.position += Long.BYTES;
		return value;
	}

	private void checkRoom(int length) throws TTransportException {
		if (length > this.writeLimit - this.buffer.writerIndex() - this.position) {
			throw tooLarge(getMaxMessageSize() + 1);
		}
	}

	private TTransportException tooLarge(long size) {
		return new TTransportException(TTransportException.MESSAGE_SIZE_LIMIT,
				"message size: at least " + size + " bytes (expected: at most " + getMaxMessageSize() + ")");
	}

	@Override
	public void checkReadBytesAvailable(long declared) throws TTransportException {
		if (declared < 0 || declared > unread()) {
			throw new TTransportException(TTransportException.MESSAGE_SIZE_LIMIT,
					"declared size: " + declared + " bytes (expected: at most the " + unread() + " that follow)");
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
		return this.array;
	}

	@Override
	public int getBufferPosition() {
		return this.position;
	}

	@Override
	public int getBytesRemainingInBuffer() {
		return this.inArray ? this.end - this.position : -1;
	}

	@Override
	public void consumeBuffer(int length) {
		this.position += length;
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
