package io.scalesrpc.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open an HTTP/2 connection with prior knowledge; tells its listener the
 * first result and no other. <em>Thread-safe</em>.
 */
final class Http2Opening extends ChannelInitializer<Channel> {

	/** What a server may send of one answer before it was read. */
	private static final int WINDOW_BYTES = 1024 * 1024;

	private final HttpContext context;

	private final Member member;

	private final Listener listener;

	private final AtomicBoolean told = new AtomicBoolean();

	Http2Opening(HttpContext context, Member member, Listener listener) {
		this.context = context;
		this.member = member;
		this.listener = listener;
	}

	@Override
	protected void initChannel(Channel channel) {
		Http2Settings settings = Http2Settings.defaultSettings()
			.pushEnabled(false)
			.maxHeaderListSize(HttpContext.MAX_HEAD_BYTES)
			.initialWindowSize(WINDOW_BYTES);
		// More streams than the server allows wait, as long as their calls do.
		channel.pipeline()
			.addLast(Http2FrameCodecBuilder.forClient()
				.initialSettings(settings)
				.encoderEnforceMaxConcurrentStreams(true)
				.build())
			.addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
			.addLast(new Http2Session(channel, this.context, (failure) -> ready(channel, failure)));
	}

	/** Waits for the connection; the limit includes name resolution and settings. */
	void await(ChannelFuture connecting, Duration limit) {
		Timeout timeout = this.context.timer()
			.schedule(() -> tooLate(connecting.channel(), limit), limit.toNanos(), TimeUnit.NANOSECONDS);
		connecting.channel().closeFuture().addListener((closed) -> timeout.cancel());
		connecting.addListener((connected) -> {
			if (!connected.isSuccess()) {
				failed("cannot connect: " + connected.cause().getMessage(), connected.cause());
			}
		});
	}

	private void tooLate(Channel channel, Duration limit) {
		if (this.told.compareAndSet(false, true)) {
			channel.close();
			this.listener
				.failed(Failure.of(FailureKind.NOT_SENT, "no HTTP/2 connection within " + limit.toMillis() + " ms"));
		}
	}

	private void ready(Channel channel, @Nullable Failure failure) {
		if (failure != null) {
			failed("no HTTP/2 connection: " + failure.reason(), failure.cause());
		}
		else if (this.told.compareAndSet(false, true)) {
			this.listener.opened(new Http2Connection(channel.pipeline().get(Http2Session.class),
					HttpContext.authority(this.member)));
		}
	}

	private void failed(String reason, @Nullable Throwable cause) {
		if (this.told.compareAndSet(false, true)) {
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, reason, cause));
		}
	}

}
