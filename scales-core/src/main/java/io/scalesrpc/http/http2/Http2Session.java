package io.scalesrpc.http.http2;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.OwnLimits;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.PingPace;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/2 connection, which is ready when the server has sent its
 * settings. A server that goes away gets no new streams and finishes those it has.
 * <em>Confined to the connection's event loop</em>.
 */
final class Http2Session extends ChannelInboundHandlerAdapter implements ChannelSession, Http2Codec.Events {

	private final Channel channel;

	private final HttpContext context;

	private final Http2Pings pings;

	/** Told once: null when the connection is ready, or why it never will be. */
	private @Nullable Consumer<@Nullable Failure> ready;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private final Http2Codec codec;

	private final Http2Streams streams;

	private final SessionEnd ending;

	Http2Session(Channel channel, Http2Codec codec, HttpContext context, Consumer<@Nullable Failure> ready) {
		this.channel = channel;
		this.codec = codec;
		this.streams = new Http2Streams(channel, codec.connection(), this::open);
		this.context = context;
		this.ending = new SessionEnd(channel, new ConnectionStatus(context.limits().maxPendingCalls()), this::left);
		this.ready = ready;
		PingPace pace = new PingPace(context.options().times().pingInterval(), this.ending.occupancy());
		this.pings = new Http2Pings(channel, context, pace, codec::ping, (reason) -> this.ending.fail(reason, null));
		codec.tell(this);
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
		exchange.written();
		this.pings.called();
		Http2Reader answer = new Http2Reader(exchange);
		Http2Stream stream;
		try {
			stream = this.codec.open(answer);
		}
		catch (Http2Exception ex) {
			// All numbers of streams are used, or the server goes away.
			noMoreStreams(exchange, ex);
			return;
		}
		exchange.answeredBy(answer, stream);
		this.codec.write(stream, exchange.requestHead(), exchange.requestBody(),
				(written) -> written(exchange, written));
	}

	private static void written(Http2Exchange exchange, Future<? super Void> written) {
		if (!written.isSuccess()) {
			exchange.notWritten(Failure.of(FailureKind.CONNECTION_LOST,
					"request not written: " + written.cause().getMessage(), written.cause()));
		}
	}

	/** Nobody waits for the answer on a stream. */
	void reset(Http2Stream stream) {
		this.codec.reset(stream);
	}

	/** The reader of an answer took some of it. */
	void consumed(Http2Stream stream, int bytes) {
		try {
			this.codec.consumed(stream, bytes);
		}
		catch (Http2Exception ex) {
			this.ending.thrown(ex);
		}
	}

	private void noMoreStreams(Http2Exchange exchange, Throwable cause) {
		this.ending.occupancy().drain();
		exchange.giveBack("no more streams on the connection: " + SessionEnd.text(cause), cause);
		this.ending.closeIfDrained();
	}

	@Override
	public void settings() {
		tellReady(null);
		this.streams.open();
	}

	@Override
	public void goAway() {
		this.ending.occupancy().drain();
		this.streams.end((exchange) -> exchange.giveBack("the server goes away", null));
		this.ending.closeIfDrained();
	}

	@Override
	public void pong() {
		this.pings.pong();
	}

	/** What a server that goes away says of a stream (RFC 9113, 6.8). */
	boolean wasNotProcessed(int stream) {
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

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		Failure own = OwnLimits.broken(cause);
		if (own != null) {
			this.ending.fail(own.reason(), cause);
		}
		else {
			this.ending.thrown(cause);
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

}
