package io.scalesrpc.http.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.TooLongFrameException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.body.ContentDecoder;
import io.scalesrpc.http.body.ContentEncoding;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one answer together and unpacks them. Memory is taken as bytes come
 * and not as they are announced. A body that cannot be unpacked is read to its end
 * nevertheless: the connection is in order. <em>Confined to the connection's event
 * loop</em>.
 */
public final class ResponseAggregator {

	/** As much is believed of an announced length at once. */
	private static final int FIRST_BYTES = 64 * 1024;

	private final ResponseHead head;

	private final int maxBytes;

	private final @Nullable ContentDecoder contentDecoder;

	private byte[] body;

	private int length;

	/** Why the body is of no use, once that is known. */
	private @Nullable IOException problem;

	/**
	 * Begins an answer.
	 * @throws TooLongFrameException if a body is announced that is too large
	 */
	public ResponseAggregator(ResponseHead head, int maxBytes) {
		this.head = head;
		this.maxBytes = maxBytes;
		require(head.length());
		this.contentDecoder = (head.contentEncoding() != ContentEncoding.NONE)
				? new ContentDecoder(head.contentEncoding()) : null;
		this.body = new byte[(int) Math.max(0, Math.min(head.length(), FIRST_BYTES))];
	}

	public ResponseHead head() {
		return this.head;
	}

	/**
	 * Takes a part of the body.
	 * @throws TooLongFrameException if the body gets too large
	 */
	public void add(ByteBuf part) {
		if (this.contentDecoder == null) {
			append(part.nioBuffer());
		}
		else if (this.problem == null && part.isReadable()) {
			unpack(part.nioBuffer(), this.contentDecoder);
		}
	}

	private void unpack(ByteBuffer packed, ContentDecoder into) {
		try {
			into.input(packed);
			for (ByteBuffer part = into.next(); part != null; part = into.next()) {
				append(part);
			}
		}
		catch (IOException ex) {
			this.problem = ex;
			discard();
		}
	}

	private void append(ByteBuffer part) {
		int more = part.remaining();
		require((long) this.length + more);
		if (this.length + more > this.body.length) {
			long twice = Math.min(this.maxBytes, 2L * this.body.length);
			this.body = Arrays.copyOf(this.body, (int) Math.max(twice, this.length + more));
		}
		part.get(this.body, this.length, more);
		this.length += more;
	}

	/**
	 * All of it came.
	 * @param trailers what came after the body
	 * @param codec what an answer means that can be read
	 * @return what the call ends with
	 */
	public Outcome complete(HttpFields trailers, Function<ScalesHttpResponse, Outcome> codec) {
		try {
			if (this.problem == null && this.contentDecoder != null) {
				this.contentDecoder.end();
			}
		}
		catch (IOException ex) {
			this.problem = ex;
		}
		discard();
		if (this.problem != null) {
			return Failure.of(FailureKind.INTERNAL,
					"body that cannot be read: " + PeerText.printable(String.valueOf(this.problem.getMessage())),
					this.problem);
		}
		byte[] whole = (this.length == this.body.length) ? this.body : Arrays.copyOf(this.body, this.length);
		return codec.apply(this.head.with(whole, trailers));
	}

	/** Gives memory back; the rest of the answer will not come. */
	public void discard() {
		if (this.contentDecoder != null) {
			this.contentDecoder.close();
		}
	}

	private void require(long bytes) {
		if (bytes > this.maxBytes) {
			throw new TooLongFrameException("body of " + bytes + " bytes (expected: <= " + this.maxBytes + ")");
		}
	}

}
