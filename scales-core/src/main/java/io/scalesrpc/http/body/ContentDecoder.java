package io.scalesrpc.http.body;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * Unpacks a body, a part when it is asked for one: a few packed bytes may be very many,
 * and are not unpacked before somebody wants them.
 *
 * <pre>
 * HEAD --read--&gt; DATA --gzip--&gt; TRAILER --checked--&gt; HEAD of what may follow
 *                     --deflate--&gt; OVER          --zero--&gt; PADDING
 * </pre>
 *
 * <em>Confined to one thread at a time</em>.
 */
@Internal
public final class ContentDecoder {

	/** The most that is unpacked at once. */
	static final int PART_BYTES = 8192;

	private static final int TRAILER_BYTES = 8;

	private final boolean gzip;

	private final CRC32 checksum = new CRC32();

	private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

	private final byte[] scratch = new byte[PART_BYTES];

	private State state = State.HEAD;

	private GzipHead head = new GzipHead();

	private boolean memberRead;

	private @Nullable Inflater inflater;

	private ByteBuffer input = ByteBuffer.allocate(0);

	/** What comes next. */
	private enum State {

		HEAD, DATA, TRAILER, PADDING, OVER

	}

	/**
	 * Begins a body.
	 * @param contentEncoding how it is packed; not {@link ContentEncoding#NONE}
	 */
	public ContentDecoder(ContentEncoding contentEncoding) {
		this.gzip = contentEncoding == ContentEncoding.GZIP;
	}

	/**
	 * Takes more; only when {@link #next} had nothing.
	 * @param bytes what came; they are read by {@link #next}
	 */
	public void input(ByteBuffer bytes) {
		this.input = bytes;
		if (this.inflater != null) {
			this.inflater.setInput(this.input);
		}
	}

	/**
	 * The next part.
	 * @return {@code null} if all input is read and more is needed for it
	 * @throws IOException if it was not packed in this way
	 */
	public @Nullable ByteBuffer next() throws IOException {
		while (true) {
			Inflater now = this.inflater;
			if (this.state == State.DATA && now != null) {
				ByteBuffer part = inflate(now);
				if (part != null || this.state == State.DATA) {
					return part;
				}
			}
			else if (!this.input.hasRemaining()) {
				return null;
			}
			else {
				takeByte();
			}
		}
	}

	private @Nullable ByteBuffer inflate(Inflater now) throws IOException {
		int length;
		try {
			length = now.inflate(this.scratch);
		}
		catch (DataFormatException ex) {
			throw new IOException("packed body that makes no sense: " + ex.getMessage(), ex);
		}
		if (now.needsDictionary()) {
			throw new IOException("packed body that makes no sense: it needs a dictionary");
		}
		this.checksum.update(this.scratch, 0, length);
		if (now.finished()) {
			this.state = this.gzip ? State.TRAILER : State.OVER;
			this.trailer.clear();
		}
		return (length > 0) ? ByteBuffer.wrap(Arrays.copyOf(this.scratch, length)) : null;
	}

	private void takeByte() throws IOException {
		switch (this.state) {
			case HEAD -> takeHead();
			case TRAILER -> takeTrailer();
			case PADDING -> takePadding();
			default -> throw new IOException("packed body that makes no sense: bytes after its end");
		}
	}

	private void takeHead() throws IOException {
		if (!this.gzip) {
			// The format with a head has the number 8 there.
			begin(new Inflater((this.input.get(this.input.position()) & 0x0F) != 8));
		}
		else if (this.memberRead && !this.head.hasBegun() && this.input.get(this.input.position()) == 0) {
			this.state = State.PADDING;
		}
		else if (this.head.take(this.input.get() & 0xFF)) {
			begin(new Inflater(true));
		}
	}

	private void begin(Inflater begun) {
		close();
		begun.setInput(this.input);
		this.inflater = begun;
		this.checksum.reset();
		this.state = State.DATA;
	}

	private void takeTrailer() throws IOException {
		this.trailer.put(this.input.get());
		if (this.trailer.hasRemaining()) {
			return;
		}
		long length = (this.inflater != null) ? this.inflater.getBytesWritten() : 0;
		if (this.trailer.getInt(0) != (int) this.checksum.getValue() || this.trailer.getInt(4) != (int) length) {
			throw new IOException("packed body that makes no sense: not what its checksum says");
		}
		this.head = new GzipHead();
		this.memberRead = true;
		this.state = State.HEAD;
	}

	/** Some writers fill up to the end of a block; gzip passes it over as well. */
	private void takePadding() throws IOException {
		if (this.input.get() != 0) {
			throw new IOException("packed body that makes no sense: bytes after its end");
		}
	}

	/** Whether what was begun is complete; nothing at all is, too. */
	boolean isComplete() {
		return this.state == State.OVER || this.state == State.PADDING
				|| (this.state == State.HEAD && !this.head.hasBegun());
	}

	/**
	 * There will be no more input.
	 * @throws EOFException if the body is not whole
	 */
	public void end() throws EOFException {
		if (!isComplete()) {
			throw new EOFException("packed body that breaks off");
		}
	}

	/** Gives memory back. */
	public void close() {
		if (this.inflater != null) {
			this.inflater.end();
			this.inflater = null;
		}
	}

}
