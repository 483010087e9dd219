package io.scalesrpc.http.http2;

import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.scalesrpc.call.Failure;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.LateWriteFailures;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one HTTP/2 connection by prior knowledge or, with TLS, because the
 * server chose it: it takes calls when the server has sent its settings.
 * <em>Thread-safe</em>.
 */
public final class Http2Opening extends ChannelInitializer<Channel> {

	private final HttpContext context;

	private final String authority;

	private final ConnectAttempt attempt;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private volatile @Nullable Http2Session session;

	public Http2Opening(HttpContext context, String authority, Listener listener) {
		this.context = context;
		this.authority = authority;
		this.attempt = new ConnectAttempt(listener);
	}

	@Override
	protected void initChannel(Channel channel) {
		Http2Settings settings = Http2Settings.defaultSettings()
			.pushEnabled(false)
			.maxHeaderListSize(this.context.options().maxHeadBytes())
			.initialWindowSize(Http2FlowControl.WINDOW_BYTES);
		Http2FrameCodec codec = Http2FlowControl.perStream(Http2FrameCodecBuilder.forClient()
			.initialSettings(settings)
			.encoderEnforceMaxConcurrentStreams(true)
			.build());
		Http2Session added = new Http2Session(channel, codec, this.context, (failure) -> ready(channel, failure));
		this.session = added;
		channel.pipeline()
			.addLast(new LateWriteFailures(this.context.timer(), added.ending().occupancy()::close))
			.addLast(codec)
			.addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
			.addLast(added);
	}

	/** Waits for the connection; the limit includes name resolution and settings. */
	public void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> "no HTTP/2 connection");
	}

	private void ready(Channel channel, @Nullable Failure failure) {
		if (failure != null) {
			this.attempt.failed("no HTTP/2 connection: " + failure.reason(), failure.cause());
		}
		else {
			this.attempt.opened(this::connection, channel);
		}
	}

	private Http2Connection connection() {
		return new Http2Connection(Objects.requireNonNull(this.session, "session"), this.authority);
	}

}
