package io.scalesrpc.transport.lookup;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of several addresses takes connections (RFC 8305, "happy eyeballs"):
 * one is tried after the other, the next as soon as one has failed or has had its head
 * start, and the first that connects wins. <em>Confined to one event loop</em>.
 */
final class AddressRace {

	/** RFC 8305, 8: the recommended Connection Attempt Delay. */
	static final Duration HEAD_START = Duration.ofMillis(250);

	private final List<InetSocketAddress> addresses;

	private final Function<InetSocketAddress, Future<?>> connect;

	private final Timer timer;

	private final Promise<InetSocketAddress> winner;

	private final List<String> failures = new ArrayList<>();

	private int next;

	private Timer.@Nullable Timeout headStart;

	/**
	 * Creates a race that has not begun.
	 * @param addresses whom to try, in this order; at least one
	 * @param connect tries one; the future succeeds when it is connected, and cancelling
	 * it gives the attempt up
	 * @param timer ends head starts, on the event loop
	 * @param winner told the first that was connected to, or why there is none
	 */
	AddressRace(List<InetSocketAddress> addresses, Function<InetSocketAddress, Future<?>> connect, Timer timer,
			Promise<InetSocketAddress> winner) {
		this.addresses = addresses;
		this.connect = connect;
		this.timer = timer;
		this.winner = winner;
	}

	/** Tries the next address. */
	void proceed() {
		if (this.headStart != null) {
			this.headStart.cancel();
			this.headStart = null;
		}
		if (this.winner.isDone() || this.next == this.addresses.size()) {
			return;
		}
		InetSocketAddress address = this.addresses.get(this.next++);
		if (this.next < this.addresses.size()) {
			this.headStart = this.timer.schedule(this::proceed, HEAD_START.toNanos(), TimeUnit.NANOSECONDS);
		}
		Future<?> attempt = this.connect.apply(address);
		this.winner.addListener((decided) -> attempt.cancel(false));
		attempt.addListener((connected) -> ended(address, connected));
	}

	private void ended(InetSocketAddress address, Future<?> attempt) {
		if (attempt.isSuccess()) {
			this.winner.trySuccess(address);
			proceed();
			return;
		}
		this.failures.add(address.getAddress().getHostAddress() + ": " + attempt.cause().getMessage());
		if (this.failures.size() == this.addresses.size()) {
			this.winner.tryFailure(new ConnectException("none of " + this.failures.size() + " addresses of "
					+ address.getHostString() + " takes connections: " + String.join("; ", this.failures)));
		}
		proceed();
	}

}
