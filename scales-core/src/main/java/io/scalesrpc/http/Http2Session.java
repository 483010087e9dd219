package io.scalesrpc.http;

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
import io.scalesrpc.call.PeerText;
import io.scalesrpc.transport.ChannelSession;
import io.scalesrpc.transport.SessionEnd;
import io.scalesrpc.transport.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/2 connection, which is ready when the server has sent its
 * settings. A server that goes away gets no new streams and finishes those it has.
 * <em>Confined to the connection's event loop</em>, but for {@link #status}.
 */
final class Http2Session extends ChannelInboundHandlerAdapter implements ChannelSession {

	private final Channel channel;

	private final HttpContext context;

	private final Occupancy status;

	private final Http2Pings pings;

	/** Whether an answer is missing; streams learn of the end before this does. */
	private boolean owed;

	/** Told once: null when the connection is ready, or why it never will be. */
	private @Nullable Consumer<@Nullable Failure> ready;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private @Nullable Http2FrameCodec codec;

	private final SessionEnd ending;

	Http2Session(Channel channel, HttpContext context, Consumer<@Nullable Failure> ready) {
		this.channel = channel;
		this.ending = new SessionEnd(channel);
		this.context = context;
		this.status = new Occupancy(context.limits().maxPendingCalls());
		this.ready = ready;
		this.pings = new Http2Pings(channel, context, this::fail);
	}

	@Override
	public Channel channel() {
		return this.channel;
	}

	HttpContext context() {
		return this.context;
	}

	Occupancy status() {
		return this.status;
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** The connection is gone and an answer is missing. */
	void owes() {
		this.owed = true;
	}

	/** Opens a stream and sends a request on it. */
	void open(Http2Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.ending.hasBegun() || this.status.isDraining() || !this.channel.isActive()) {
			exchange.refuse("connection is closed", null);
			closeIfDrained();
			return;
		}
		FullHttpRequest request = exchange.takeRequest();
		if (request == null) {
			closeIfDrained();
			return;
		}
		new Http2StreamChannelBootstrap(this.channel).handler(new StreamPipeline(exchange))
			.open()
			.addListener((Future<Http2StreamChannel> opened) -> send(exchange, request, opened));
	}

	private void send(Http2Exchange exchange, FullHttpRequest request, Future<Http2StreamChannel> opened) {
		if (!opened.isSuccess()) {
			request.release();
			this.status.drain();
			exchange.giveBack("no stream: " + opened.cause().getMessage(), opened.cause());
			return;
		}
		Http2StreamChannel stream = opened.getNow();
		exchange.stream(stream);
		stream.writeAndFlush(request).addListener((written) -> {
			if (!written.isSuccess()) {
				notWritten(exchange, written.cause());
			}
		});
	}

	/** All numbers of streams are used, or it waited for a stream until the end. */
	private void notWritten(Http2Exchange exchange, Throwable cause) {
		if (cause instanceof Http2NoMoreStreamIdsException || cause instanceof Http2GoAwayException
				|| cause instanceof Http2ChannelClosedException) {
			this.status.drain();
			exchange.giveBack("no more streams on the connection", cause);
		}
		else {
			exchange.notWritten(Failure.of(FailureKind.UNKNOWN, "request not written: " + cause.getMessage(), cause));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		try {
			if (message instanceof Http2SettingsFrame) {
				tellReady(null);
			}
			else if (message instanceof Http2GoAwayFrame) {
				drainAndClose();
			}
			else if (message instanceof Http2PingFrame ping && ping.ack()) {
				this.pings.pong();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.codec = ctx.pipeline().get(Http2FrameCodec.class);
	}

	/** What a server that goes away says of a stream (RFC 9113, 6.8). */
	private boolean wasNotProcessed(int stream) {
		if (this.codec == null) {
			return false;
		}
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

	/** Ends the connection as soon as no call is on it. */
	@Override
	public void drainAndClose() {
		assert this.channel.eventLoop().inEventLoop();
		this.status.drain();
		closeIfDrained();
	}

	void closeIfDrained() {
		if (this.status.isDraining() && this.status.isIdle()) {
			end(null);
		}
	}

	/** Ends the connection now. */
	@Override
	public void abort() {
		end(null);
	}

	/** What is wrong with one stream is that stream's business. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof Http2FrameStreamException)) {
			Failure own = OwnLimits.broken(cause);
			fail((own != null) ? own.reason()
					: "connection lost: " + PeerText.printable(String.valueOf(cause.getMessage())));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		if (this.status.isDraining() || this.ready == null && !this.owed) {
			end(null);
		}
		else {
			fail("connection closed by the server");
		}
		super.channelInactive(ctx);
	}

	private void fail(String reason) {
		end(Failure.of(FailureKind.UNKNOWN, reason));
	}

	/** Closing the channel ends its streams, and they their calls. */
	private void end(@Nullable Failure failure) {
		assert this.channel.eventLoop().inEventLoop();
		if (!this.ending.begin(failure)) {
			return;
		}
		this.status.close();
		this.pings.stop();
		tellReady((failure != null) ? failure : Failure.of(FailureKind.UNKNOWN, "closed"));
		this.channel.close();
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
