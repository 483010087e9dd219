package io.scalesrpc.http;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Puts the parts of one answer together. Memory is taken as bytes come and not as they
 * are announced. <em>Confined to the connection's event loop</em>.
 */
final class AnswerAssembler {

	/** As much is believed of an announced length at once. */
	private static final int FIRST_BYTES = 64 * 1024;

	private final HttpResponse head;

	private final int maxBytes;

	private byte[] body;

	private int length;

	/**
	 * Begins an answer.
	 * @throws TooLongFrameException if a body is announced that is too large
	 */
	AnswerAssembler(HttpResponse head, boolean bodiless, int maxBytes) {
		this.head = head;
		this.maxBytes = maxBytes;
		long announced = (bodiless || hasNoBody(head.status().code())) ? 0 : HttpUtil.getContentLength(head, 0L);
		require(announced);
		this.body = new byte[(int) Math.min(announced, FIRST_BYTES)];
	}

	/** A 304 has the length of what it does not send. */
	private static boolean hasNoBody(int status) {
		return status == 204 || status == 304;
	}

	/** Whether, by its head, another answer may follow on the connection. */
	boolean keepsAlive() {
		return HttpUtil.isKeepAlive(this.head);
	}

	/**
	 * Takes a part of the body.
	 * @throws TooLongFrameException if the body gets too large
	 */
	void add(ByteBuf part) {
		int more = part.readableBytes();
		require((long) this.length + more);
		if (this.length + more > this.body.length) {
			long twice = Math.min(this.maxBytes, 2L * this.body.length);
			this.body = Arrays.copyOf(this.body, (int) Math.max(twice, this.length + more));
		}
		part.readBytes(this.body, this.length, more);
		this.length += more;
	}

	ScalesHttpResponse whole() {
		return response(this.head,
				(this.length == this.body.length) ? this.body : Arrays.copyOf(this.body, this.length));
	}

	/** An answer as its head has it. */
	static ScalesHttpResponse response(HttpResponse head, byte[] body) {
		String[] fields = new String[2 * head.headers().size()];
		int i = 0;
		for (Iterator<Map.Entry<CharSequence, CharSequence>> it = head.headers().iteratorCharSequence(); it
			.hasNext();) {
			Map.Entry<CharSequence, CharSequence> field = it.next();
			fields[i++] = field.getKey().toString();
			fields[i++] = field.getValue().toString();
		}
		return new ScalesHttpResponse(head.status().code(), head.status().reasonPhrase(), new HttpFields(fields), body);
	}

	private void require(long bytes) {
		if (bytes > this.maxBytes) {
			throw new TooLongFrameException("body of " + bytes + " bytes (expected: <= " + this.maxBytes + ")");
		}
	}

}
