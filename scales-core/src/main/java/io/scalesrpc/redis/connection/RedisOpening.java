package io.scalesrpc.redis.connection;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * One connection that Lettuce opens: makes its channel like those of other protocols,
 * puts our reader in the place of Lettuce's, and limits the time. <em>Thread-safe</em>.
 */
final class RedisOpening {

	private final OpeningTerms shared;

	private final Member member;

	private final ConnectAttempt attempt;

	private final ClientResources resources;

	private volatile @Nullable RedisSession session;

	private volatile Timer.@Nullable Timeout limit;

	RedisOpening(OpeningTerms shared, Member member, ConnectAttempt attempt) {
		this.shared = shared;
		this.member = member;
		this.attempt = attempt;
		this.resources = shared.resources().with(new Customizer());
	}

	/** What Lettuce is to open the connection with. */
	ClientResources resources() {
		return this.resources;
	}

	/** Gives up when the connect timeout is over. */
	void limit() {
		Duration timeout = this.shared.connector().connectTimeout();
		this.limit = this.shared.session()
			.timer()
			.schedule(() -> tooLate(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void prepare(Channel channel) {
		RedisSession ours = new RedisSession(channel, this.shared.session());
		this.session = ours;
		CommandHandler lettuces = channel.pipeline().get(CommandHandler.class);
		channel.pipeline()
			.replace(lettuces, "scales-replies",
					new ReplyReader(ours, this.shared.options(), this.resources, lettuces.getEndpoint()));
		this.shared.connector().secure(channel, this.member);
	}

	/** Lettuce has shaken hands with the server, or has not. */
	void connected(@Nullable Throwable failure) {
		RedisSession opened = this.session;
		if (failure != null || opened == null) {
			failed(reason(failure, opened), failure);
		}
		else {
			opened.ending().channel().closeFuture().addListener((closed) -> failed(reason(null, opened), null));
			opened.ending().channel().eventLoop().execute(() -> opened.begin(() -> ready(opened)));
		}
	}

	private void ready(RedisSession opened) {
		stopLimit();
		this.attempt.opened(() -> new RedisConnection(opened, this.shared.session()), opened.ending().channel());
	}

	private void failed(String reason, @Nullable Throwable failure) {
		stopLimit();
		this.attempt.failed("cannot connect: " + reason, failure);
	}

	private void tooLate(Duration timeout) {
		RedisSession connecting = this.session;
		String waiting = (connecting != null) ? Connector.waitingFor(connecting.ending().channel()) : "";
		this.attempt.failed("no connection within " + timeout.toMillis() + " ms" + waiting, null);
		if (connecting != null) {
			connecting.ending().channel().close();
		}
	}

	private void stopLimit() {
		Timer.Timeout waiting = this.limit;
		if (waiting != null) {
			waiting.cancel();
		}
	}

	/** What Lettuce was told of the end may be less than what its reader knows. */
	private static String reason(@Nullable Throwable failure, @Nullable RedisSession session) {
		Failure known = (session != null) ? session.ending().failure() : null;
		if (failure == null || (known != null && known.cause() != null)) {
			return (known != null) ? known.reason() : "connection closed by the server";
		}
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof RedisException) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return RedisErrors.atLogin(String.valueOf(cause.getMessage()));
	}

	/** Told of the channel; the application's own is told after. */
	private final class Customizer implements NettyCustomizer {

		private final @Nullable ClientResources others = RedisOpening.this.shared.resources().base();

		@Override
		public void afterBootstrapInitialized(Bootstrap bootstrap) {
			RedisOpening.this.shared.connector().configure(bootstrap);
			if (this.others != null) {
				this.others.nettyCustomizer().afterBootstrapInitialized(bootstrap);
			}
		}

		@Override
		public void afterChannelInitialized(Channel channel) {
			prepare(channel);
			if (this.others != null) {
				this.others.nettyCustomizer().afterChannelInitialized(channel);
			}
		}

	}

}
