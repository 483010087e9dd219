package io.scalesrpc.http.http2;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2NoMoreStreamIdsException;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.StreamBufferingEncoder.Http2ChannelClosedException;
import io.netty.handler.codec.http2.StreamBufferingEncoder.Http2GoAwayException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.OwnLimits;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/2 connection, which is ready when the server has sent its
 * settings. A server that goes away gets no new streams and finishes those it has.
 * <em>Confined to the connection's event loop</em>.
 */
final class Http2Session extends ChannelInboundHandlerAdapter implements ChannelSession {

	private final Channel channel;

	private final HttpContext context;

	private final Http2Pings pings;

	/** Told once: null when the connection is ready, or why it never will be. */
	private @Nullable Consumer<@Nullable Failure> ready;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private final Http2FrameCodec codec;

	private final Http2Streams streams;

	private final SessionEnd ending;

	Http2Session(Channel channel, Http2FrameCodec codec, HttpContext context, Consumer<@Nullable Failure> ready) {
		this.channel = channel;
		this.codec = codec;
		this.streams = new Http2Streams(channel, codec.connection(), this::open);
		this.context = context;
		this.ending = new SessionEnd(channel, new ConnectionStatus(context.limits().maxPendingCalls()), this::left);
		this.ready = ready;
		this.pings = new Http2Pings(channel, context, (reason) -> this.ending.fail(reason, null));
	}

	HttpContext context() {
		return this.context;
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** The requests that wait for a stream. */
	Http2Streams streams() {
		return this.streams;
	}

	/** Opens a stream and sends a request on it. */
	private void open(Http2Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		FullHttpRequest request = exchange.takeRequest();
		new Http2StreamChannelBootstrap(this.channel).handler(new StreamPipeline(exchange))
			.open()
			.addListener((Future<Http2StreamChannel> opened) -> send(exchange, request, opened));
	}

	private void send(Http2Exchange exchange, FullHttpRequest request, Future<Http2StreamChannel> opened) {
		if (!opened.isSuccess()) {
			this.streams.opened();
			request.release();
			noMoreStreams(exchange, opened.cause());
			return;
		}
		Http2StreamChannel stream = opened.getNow();
		exchange.stream(stream);
		stream.writeAndFlush(request).addListener((written) -> {
			if (!written.isSuccess()) {
				notWritten(exchange, written.cause());
			}
		});
		this.streams.opened();
	}

	/** All numbers of streams are used, or it waited for a stream until the end. */
	private void notWritten(Http2Exchange exchange, Throwable cause) {
		if (cause instanceof Http2NoMoreStreamIdsException || cause instanceof Http2GoAwayException
				|| cause instanceof Http2ChannelClosedException) {
			noMoreStreams(exchange, cause);
		}
		else {
			exchange.notWritten(
					Failure.of(FailureKind.CONNECTION_LOST, "request not written: " + cause.getMessage(), cause));
		}
	}

	private void noMoreStreams(Http2Exchange exchange, Throwable cause) {
		this.ending.occupancy().drain();
		exchange.giveBack("no more streams on the connection: " + SessionEnd.text(cause), cause);
		this.ending.closeIfDrained();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		try {
			if (message instanceof Http2SettingsFrame) {
				tellReady(null);
				this.streams.open();
			}
			else if (message instanceof Http2GoAwayFrame) {
				this.ending.occupancy().drain();
				this.streams.end((exchange) -> exchange.giveBack("the server goes away", null));
				this.ending.closeIfDrained();
			}
			else if (message instanceof Http2PingFrame ping && ping.ack()) {
				this.pings.pong();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	/** What a server that goes away says of a stream (RFC 9113, 6.8). */
	private boolean wasNotProcessed(int stream) {
		io.netty.handler.codec.http2.Http2Connection known = this.codec.connection();
		return known.goAwayReceived() && stream > known.local().lastStreamKnownByPeer();
	}

	private void tellReady(@Nullable Failure failure) {
		Consumer<@Nullable Failure> waiting = this.ready;
		this.ready = null;
		if (waiting != null) {
			if (failure == null) {
				this.pings.start();
			}
			waiting.accept(failure);
		}
	}

	/** What is wrong with one stream is that stream's business. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof Http2FrameStreamException)) {
			Failure own = OwnLimits.broken(cause);
			if (own != null) {
				this.ending.fail(own.reason(), cause);
			}
			else {
				this.ending.thrown(cause);
			}
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		this.ending.closedByPeer();
		super.channelInactive(ctx);
	}

	/** Closing the channel ends its streams, and they their calls. */
	private void left(Failure failure) {
		this.pings.stop();
		tellReady(failure);
		this.streams.end((exchange) -> exchange.lost(failure));
	}

	/** The handlers of a new stream. <em>Confined to the connection's event loop</em>. */
	private final class StreamPipeline extends ChannelInitializer<Channel> {

		private final Http2Exchange exchange;

		StreamPipeline(Http2Exchange exchange) {
			this.exchange = exchange;
		}

		@Override
		protected void initChannel(Channel stream) {
			HttpContext shared = Http2Session.this.context;
			// Else Netty would drop what was not read in the moment in which a write
			// fails.
			stream.config().setAutoClose(false);
			stream.pipeline()
				.addLast(new Http2StreamCodec())
				.addLast(new Http2Stream(this.exchange, shared, Http2Session.this::wasNotProcessed));
		}

	}

}
