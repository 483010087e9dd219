package io.scalesrpc.http.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * What came of a body and was not handed on, in its order. <em>Confined to one thread at
 * a time</em>.
 */
final class BodyBuffer {

	private final Queue<byte[]> queue = new ArrayDeque<>();

	private final @Nullable ContentDecoder contentDecoder;

	private @Nullable ByteBuffer next;

	BodyBuffer(ContentEncoding contentEncoding) {
		this.contentDecoder = (contentEncoding != ContentEncoding.NONE) ? new ContentDecoder(contentEncoding) : null;
	}

	void add(byte[] part) {
		this.queue.add(part);
	}

	/**
	 * Whether a part can be taken.
	 * @throws IOException if what came was not packed as it should be
	 */
	boolean isReady() throws IOException {
		if (this.next == null && this.contentDecoder != null) {
			this.next = unpack(this.contentDecoder);
		}
		else if (this.next == null) {
			byte[] part = this.queue.poll();
			this.next = (part != null) ? ByteBuffer.wrap(part) : null;
		}
		return this.next != null;
	}

	private @Nullable ByteBuffer unpack(ContentDecoder from) throws IOException {
		ByteBuffer part = from.next();
		while (part == null && !this.queue.isEmpty()) {
			from.input(ByteBuffer.wrap(this.queue.remove()));
			part = from.next();
		}
		return part;
	}

	/** The part that is ready. */
	ByteBuffer take() {
		ByteBuffer part = Objects.requireNonNull(this.next);
		this.next = null;
		return part;
	}

	/**
	 * There will be no more, and none is left.
	 * @throws IOException if the last one is not whole
	 */
	void end() throws IOException {
		if (this.contentDecoder != null) {
			this.contentDecoder.end();
		}
		clear();
	}

	void clear() {
		this.queue.clear();
		this.next = null;
		if (this.contentDecoder != null) {
			this.contentDecoder.close();
		}
	}

}
