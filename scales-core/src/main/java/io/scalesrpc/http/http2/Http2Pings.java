package io.scalesrpc.http.http2;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.channel.PingPace;
import io.scalesrpc.transport.channel.ReadActivity;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a server is gone without a word: a ping at each interval, seldom while
 * nobody calls, and the end of the connection when one stays unanswered too long and
 * nothing else comes, either. <em>Confined to the connection's event loop</em>.
 */
final class Http2Pings {

	/**
	 * So many timeouts long bytes stand for the answer. What may come before it is
	 * bounded by the windows of flow control; one that only floods does not answer at
	 * all.
	 */
	private static final int MAX_LOOKS = 10;

	private final Channel channel;

	private final HttpContext context;

	private final PingPace pace;

	private final Runnable ping;

	private final Consumer<String> onDead;

	private @Nullable Timeout timeout;

	private @Nullable ReadActivity activity;

	private long readsAtLastLook;

	private int looks;

	private boolean unanswered;

	Http2Pings(Channel channel, HttpContext context, PingPace pace, Runnable ping, Consumer<String> onDead) {
		this.channel = channel;
		this.context = context;
		this.pace = pace;
		this.ping = ping;
		this.onDead = onDead;
	}

	void start() {
		if (this.pace.isOn()) {
			next();
		}
	}

	private void next() {
		after(this.pace.next(this.context.ticker().nanos(), 0), this::ping);
	}

	/** Takes note of a request that is about to be sent. */
	void called() {
		if (this.pace.called() && !this.unanswered) {
			stop();
			ping();
		}
	}

	private void ping() {
		if (this.channel.isActive()) {
			this.unanswered = true;
			this.ping.run();
			this.looks = 0;
			waitForPong();
		}
	}

	private void waitForPong() {
		this.readsAtLastLook = reads();
		after(this.context.options().times().pingTimeout().toNanos(), this::stillUnanswered);
	}

	private long reads() {
		ReadActivity watched = this.activity;
		if (watched == null) {
			watched = ReadActivity.watch(this.channel);
			this.activity = watched;
		}
		return watched.reads();
	}

	void pong() {
		if (this.unanswered) {
			this.unanswered = false;
			stop();
			next();
		}
	}

	/** The answer may stand behind what the server has sent of a large one. */
	private void stillUnanswered() {
		if (this.unanswered && reads() != this.readsAtLastLook && ++this.looks < MAX_LOOKS) {
			waitForPong();
		}
		else if (this.unanswered) {
			this.onDead.accept(
					"no answer to a ping within " + this.context.options().times().pingTimeout().toMillis() + " ms");
		}
	}

	void stop() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	private void after(long nanos, Runnable task) {
		this.timeout = this.context.timer().on(this.channel.eventLoop()).schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

}
