package io.scalesrpc.http.http2;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.http1.Http1Session;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.OwnLimits;
import io.scalesrpc.http.message.ResponseAggregator;
import io.scalesrpc.http.message.ResponseHead;
import io.scalesrpc.http.message.StreamedResponse;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of one stream. What is wrong with it ends the stream, and no other.
 * <em>Confined to the connection's event loop</em>.
 */
final class Http2Reader {

	private final Http2Exchange exchange;

	private final HttpContext context;

	private @Nullable Http2Stream stream;

	private @Nullable ResponseAggregator whole;

	/** The answer whose body is being read; its call has ended. */
	private @Nullable StreamedResponse streamed;

	/** What came of the body before its reader wanted it. */
	private final Queue<byte[]> ahead = new ArrayDeque<>(0);

	/** Whether the reader of the body waits for some. */
	private boolean wanted;

	private int interim;

	/** How many bytes of body there are by the head; -1 if that does not say it. */
	private long expected = -1;

	private long received;

	/** Whether the server sends no more. */
	private boolean ended;

	/** Whether the server has given the stream up: it is not told the same. */
	private boolean givenUp;

	/**
	 * Creates a reader.
	 * @param exchange the call whose answer it is
	 */
	Http2Reader(Http2Exchange exchange) {
		this.exchange = exchange;
		this.context = exchange.session().context();
	}

	/** Says which stream brings it. */
	void on(Http2Stream opened) {
		this.stream = opened;
	}

	/** The stream; it was opened when the request was written. */
	private Http2Stream stream() {
		return Objects.requireNonNull(this.stream, "stream");
	}

	/** A head came, or the trailers. */
	void head(Http2Headers headers, boolean last) {
		try {
			CharSequence status = headers.status();
			if (status != null) {
				ending().occupancy().served();
				begin(HttpResponseStatus.valueOf(Integer.parseInt(status, 0, status.length(), 10)), headers);
			}
			if (last) {
				end((status != null) ? HttpFields.empty() : fields(headers));
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void begin(HttpResponseStatus status, Http2Headers headers) {
		ResponseHead.requireStatus(status.code());
		if (status.codeClass() != HttpStatusClass.INFORMATIONAL) {
			begin(ResponseHead.of(status, fields(headers), true, this.exchange.isHead(),
					this.context.options().gzip()));
		}
		else if (++this.interim > Http1Session.MAX_INTERIM) {
			fail(FailureKind.CONNECTION_LOST,
					"interim answers: " + this.interim + " (expected: at most " + Http1Session.MAX_INTERIM + ")", null);
		}
	}

	private void begin(ResponseHead head) {
		this.expected = head.length();
		if (this.exchange.isStreamed() && StreamedResponse.is(head, this.context)) {
			stream(head);
		}
		else {
			this.whole = new ResponseAggregator(head, this.context.limits().maxFrameBytes());
		}
	}

	/** The call ends; the stream is read from when the body is. */
	private void stream(ResponseHead head) {
		StreamedResponse begun = StreamedResponse.of(head, this.context, ending().channel().eventLoop(), this::more,
				this::over);
		Outcome outcome = this.exchange.outcome(begun.response());
		if (this.exchange.streams()) {
			this.streamed = begun;
			begun.begin();
			this.exchange.call().end(outcome);
		}
	}

	/** Those that begin with a colon are HTTP/2's own. */
	private static HttpFields fields(Http2Headers headers) {
		String[] all = new String[2 * headers.size()];
		int n = 0;
		for (Map.Entry<CharSequence, CharSequence> field : headers) {
			if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
				all[n++] = field.getKey().toString();
				all[n++] = field.getValue().toString();
			}
		}
		return new HttpFields((n < all.length) ? Arrays.copyOf(all, n) : all);
	}

	/**
	 * Some of the body came.
	 * @return how many bytes of it are held, of which the server is told later
	 */
	int data(ByteBuf part, boolean last) {
		int held = 0;
		try {
			this.received += part.readableBytes();
			ResponseAggregator begun = this.whole;
			if (begun != null) {
				begun.add(part);
			}
			else if (this.streamed != null && part.isReadable()) {
				held = add(this.streamed, ByteBufUtil.getBytes(part));
			}
			if (last) {
				end(HttpFields.empty());
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
		return held;
	}

	private int add(StreamedResponse to, byte[] part) {
		if (this.wanted) {
			this.wanted = false;
			to.add(part);
			return 0;
		}
		this.ahead.add(part);
		return part.length;
	}

	/** The reader of the body wants a part. */
	private void more() {
		StreamedResponse reading = this.streamed;
		byte[] part = this.ahead.poll();
		this.wanted = part == null;
		if (reading != null && part != null) {
			this.exchange.session().consumed(stream(), part.length);
			reading.add(part);
		}
	}

	/** The server has sent all. */
	private void end(HttpFields trailers) {
		this.ended = true;
		if (this.expected >= 0 && this.received != this.expected) {
			throw new IllegalArgumentException(
					this.received + " bytes of body (expected: " + this.expected + ", its content-length)");
		}
		StreamedResponse reading = this.streamed;
		ResponseAggregator begun = this.whole;
		if (reading != null) {
			handOver(reading);
			if (over()) {
				reading.complete(trailers);
			}
		}
		else if (begun != null) {
			this.exchange.end(begun.complete(trailers, this.exchange::outcome));
		}
	}

	/** No more will come, so there is nothing to hold the server up with. */
	private void handOver(StreamedResponse reading) {
		for (byte[] part = this.ahead.poll(); part != null; part = this.ahead.poll()) {
			reading.add(part);
		}
	}

	/** Ends the body as far as the connection goes; not so if it has ended before. */
	private boolean over() {
		boolean first = this.streamed != null;
		this.streamed = null;
		this.ahead.clear();
		if (first) {
			this.exchange.over();
		}
		return first;
	}

	/** The server has given the stream up. */
	void reset(long code) {
		this.givenUp = true;
		fail(failure(code));
	}

	/** A refused stream was not processed (RFC 9113, 8.7). */
	private static Failure failure(long code) {
		if (code == Http2Error.REFUSED_STREAM.code()) {
			return Failure.nack(FailureKind.NOT_SENT, "stream refused by the server", false);
		}
		Http2Error known = Http2Error.valueOf(code);
		return Failure.of(FailureKind.CONNECTION_LOST,
				"stream reset by the server: " + ((known != null) ? known : "error code 0x" + Long.toHexString(code)));
	}

	/** Something is wrong with this stream. */
	void failed(Throwable cause) {
		Failure own = OwnLimits.broken(cause);
		if (own != null) {
			fail(own);
		}
		else {
			fail(FailureKind.CONNECTION_LOST,
					"answer that makes no sense: " + PeerText.printable(String.valueOf(cause.getMessage())), cause);
		}
	}

	/**
	 * The stream is over. If it is the connection that was lost, its streams learn of
	 * that before it does.
	 */
	void closed() {
		this.givenUp = true;
		if (this.exchange.isDone()) {
			return;
		}
		if (this.exchange.session().wasNotProcessed(stream().id())) {
			fail(Failure.nack(FailureKind.NOT_SENT, "the server is going away", false));
			return;
		}
		if (!ending().channel().isActive()) {
			ending().closedByPeer();
		}
		Failure of = ending().failure();
		fail(FailureKind.CONNECTION_LOST,
				"connection lost before the answer was complete" + ((of != null) ? ": " + of.reason() : ""), null);
	}

	/** Nobody waits for the rest any more: the server is told, unless it has ended. */
	void leave() {
		Http2Stream left = this.stream;
		boolean complete = this.ended && left != null && left.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
		if (left != null && !this.givenUp && !complete) {
			this.exchange.session().reset(left);
		}
	}

	private SessionEnd ending() {
		return this.exchange.session().ending();
	}

	private void fail(FailureKind kind, String reason, @Nullable Throwable cause) {
		fail(Failure.of(kind, reason, cause));
	}

	private void fail(Failure failure) {
		if (this.whole != null) {
			this.whole.discard();
		}
		StreamedResponse reading = this.streamed;
		if (reading != null) {
			handOver(reading);
			if (over()) {
				reading.fail(failure);
			}
		}
		this.exchange.end(failure);
	}

}
