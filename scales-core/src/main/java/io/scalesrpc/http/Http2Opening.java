package io.scalesrpc.http;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectAttempt;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one HTTP/2 connection with prior knowledge: it takes calls when the
 * server has sent its settings. <em>Thread-safe</em>.
 */
final class Http2Opening extends ChannelInitializer<Channel> {

	private final HttpContext context;

	private final Member member;

	private final ConnectAttempt attempt;

	Http2Opening(HttpContext context, Member member, Listener listener) {
		this.context = context;
		this.member = member;
		this.attempt = new ConnectAttempt(listener);
	}

	@Override
	protected void initChannel(Channel channel) {
		Http2Settings settings = Http2Settings.defaultSettings()
			.pushEnabled(false)
			.maxHeaderListSize(HttpContext.MAX_HEAD_BYTES)
			.initialWindowSize(Http2FlowControl.WINDOW_BYTES);
		// More streams than the server allows wait, as long as their calls do.
		channel.pipeline()
			.addLast(Http2FlowControl.perStream(Http2FrameCodecBuilder.forClient()
				.initialSettings(settings)
				.encoderEnforceMaxConcurrentStreams(true)
				.build()))
			.addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
			.addLast(new Http2Session(channel, this.context, (failure) -> ready(channel, failure)));
	}

	/** Waits for the connection; the limit includes name resolution and settings. */
	void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> "no HTTP/2 connection");
	}

	private void ready(Channel channel, @Nullable Failure failure) {
		if (failure != null) {
			this.attempt.failed("no HTTP/2 connection: " + failure.reason(), failure.cause());
		}
		else {
			this.attempt.opened(() -> connection(channel), channel);
		}
	}

	private Http2Connection connection(Channel channel) {
		return new Http2Connection(channel.pipeline().get(Http2Session.class), HttpContext.authority(this.member));
	}

}
