package io.scalesrpc.http.http2;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionPrefaceAndSettingsFrameWrittenEvent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2NoMoreStreamIdsException;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.scalesrpc.http.message.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Netty's codec of HTTP/2, which tells each frame to the answer whose stream it is of:
 * Netty's own channels for streams cost more than all the rest of a call. <em>Confined to
 * the connection's event loop</em>.
 */
final class Http2Codec extends Http2ConnectionHandler {

	/** The answer of a stream. */
	private final PropertyKey answerKey;

	private final Runnable flush = this::flushNow;

	private @Nullable Events events;

	private @Nullable ChannelHandlerContext ctx;

	private boolean flushScheduled;

	/** What concerns the connection as a whole. */
	interface Events {

		/** The server has sent its settings. */
		void settings();

		/** The server takes no more streams than it said. */
		void goAway();

		/** A ping was answered. */
		void pong();

	}

	private Http2Codec(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
		super(decoder, encoder, settings);
		this.answerKey = connection().newKey();
		decoder.frameListener(new Frames());
		connection().addListener(new Http2ConnectionAdapter() {

			@Override
			public void onStreamClosed(Http2Stream stream) {
				Http2Reader answer = answer(stream);
				if (answer != null) {
					answer.closed();
				}
			}

		});
	}

	/** Makes a codec that is in no pipeline yet. */
	static Http2Codec of(HttpContext context) {
		return new Builder(context).build();
	}

	/** Says who is told; before it is put into a pipeline. */
	void tell(Events listener) {
		this.events = listener;
	}

	/**
	 * Opens a stream.
	 * @return the stream
	 * @throws Http2Exception if there can be no more on this connection
	 */
	Http2Stream open(Http2Reader answer) throws Http2Exception {
		int number = connection().local().incrementAndGetNextStreamId();
		if (number < 0) {
			throw new Http2NoMoreStreamIdsException();
		}
		Http2Stream stream = connection().local().createStream(number, false);
		stream.setProperty(this.answerKey, answer);
		return stream;
	}

	/**
	 * Writes a request.
	 * @param stream one that was just opened
	 * @param head the head
	 * @param body the body; empty if there is none
	 * @param onWritten told when all of it was written, or could not be
	 */
	void write(Http2Stream stream, Http2Headers head, byte[] body, ChannelFutureListener onWritten) {
		ChannelHandlerContext open = context();
		boolean bodiless = body.length == 0;
		ChannelPromise promise = open.newPromise().addListener(onWritten);
		if (bodiless) {
			encoder().writeHeaders(open, stream.id(), head, 0, true, promise);
		}
		else {
			ChannelFuture begun = encoder().writeHeaders(open, stream.id(), head, 0, false, open.newPromise());
			if (begun.cause() != null) {
				promise.setFailure(begun.cause());
			}
			else {
				encoder().writeData(open, stream.id(), Unpooled.wrappedBuffer(body), 0, true, promise);
			}
		}
		flushSoon();
	}

	/** Tells the server that nobody waits for the rest of a stream. */
	void reset(Http2Stream stream) {
		resetStream(context(), stream.id(), Http2Error.CANCEL.code(), context().newPromise());
		flushSoon();
	}

	/** The server may send as much more on a stream, whose bytes were held till now. */
	void consumed(Http2Stream stream, int bytes) throws Http2Exception {
		if (connection().local().flowController().consumeBytes(stream, bytes)) {
			flushSoon();
		}
	}

	void ping() {
		encoder().writePing(context(), false, 0, context().newPromise());
		flushSoon();
	}

	/** Once for all that is written in one turn of the event loop. */
	private void flushSoon() {
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			context().executor().execute(this.flush);
		}
	}

	private void flushNow() {
		this.flushScheduled = false;
		flush(context());
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.ctx, "context");
	}

	private @Nullable Http2Reader answer(Http2Stream stream) {
		return stream.getProperty(this.answerKey);
	}

	private Events events() {
		return Objects.requireNonNull(this.events, "events");
	}

	@Override
	public void handlerAdded(ChannelHandlerContext added) throws Exception {
		this.ctx = added;
		super.handlerAdded(added);
	}

	/** Else the window of the connection would be that of one stream by default. */
	@Override
	public void userEventTriggered(ChannelHandlerContext told, Object event) throws Exception {
		if (event instanceof Http2ConnectionPrefaceAndSettingsFrameWrittenEvent) {
			Http2FlowControl.widen(connection());
		}
		super.userEventTriggered(told, event);
	}

	/** What is wrong with one stream is that stream's business. */
	@Override
	protected void onStreamError(ChannelHandlerContext told, boolean outbound, Throwable cause,
			StreamException exception) {
		Http2Stream stream = connection().stream(exception.streamId());
		Http2Reader answer = (stream != null && !outbound) ? answer(stream) : null;
		if (answer != null) {
			answer.failed(cause);
		}
		super.onStreamError(told, outbound, cause, exception);
	}

	/** Of what could not be written, whoever wrote it learns. */
	@Override
	protected void onConnectionError(ChannelHandlerContext told, boolean outbound, Throwable cause,
			@Nullable Http2Exception exception) {
		if (!outbound) {
			told.fireExceptionCaught(cause);
		}
		super.onConnectionError(told, outbound, cause, exception);
	}

	/** Hands frames on. <em>Confined to the connection's event loop</em>. */
	private final class Frames extends Http2FrameAdapter {

		@Override
		public void onHeadersRead(ChannelHandlerContext told, int number, Http2Headers headers, int dependency,
				short weight, boolean exclusive, int padding, boolean last) {
			onHeadersRead(told, number, headers, padding, last);
		}

		@Override
		public void onHeadersRead(ChannelHandlerContext told, int number, Http2Headers headers, int padding,
				boolean last) {
			Http2Reader answer = answer(connection().stream(number));
			if (answer != null) {
				answer.head(headers, last);
			}
		}

		@Override
		public int onDataRead(ChannelHandlerContext told, int number, ByteBuf data, int padding, boolean last) {
			int bytes = data.readableBytes();
			Http2Reader answer = answer(connection().stream(number));
			return padding + ((answer != null) ? bytes - answer.data(data, last) : bytes);
		}

		@Override
		public void onRstStreamRead(ChannelHandlerContext told, int number, long code) {
			Http2Reader answer = answer(connection().stream(number));
			if (answer != null) {
				answer.reset(code);
			}
		}

		@Override
		public void onSettingsRead(ChannelHandlerContext told, Http2Settings settings) {
			events().settings();
		}

		@Override
		public void onGoAwayRead(ChannelHandlerContext told, int lastStream, long code, ByteBuf text) {
			events().goAway();
		}

		@Override
		public void onPingAckRead(ChannelHandlerContext told, long data) {
			events().pong();
		}

	}

	/** Makes codecs as Netty makes its own. <em>Confined to one thread</em>. */
	private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Codec, Builder> {

		Builder(HttpContext context) {
			initialSettings(Http2Settings.defaultSettings()
				.pushEnabled(false)
				.maxHeaderListSize(context.options().maxHeadBytes())
				.initialWindowSize(Http2FlowControl.WINDOW_BYTES));
			connection(Http2FlowControl.connection());
			// Streams that are left when the connection is closed end with it.
			gracefulShutdownTimeoutMillis(0);
		}

		@Override
		protected Http2Codec build() {
			return super.build();
		}

		@Override
		protected Http2Codec build(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder,
				Http2Settings settings) {
			return new Http2Codec(decoder, encoder, settings);
		}

	}

}
