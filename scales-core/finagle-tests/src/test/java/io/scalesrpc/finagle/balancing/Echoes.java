package io.scalesrpc.finagle.balancing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.scalesrpc.finagle.AsyncPeer;
import io.scalesrpc.finagle.load.LoadTarget;
import org.jspecify.annotations.Nullable;

/**
 * Echoes through our client, each with the text that it was sent with expected back.
 * <em>Thread-safe</em>.
 */
public final class Echoes implements LoadTarget {

	private final AsyncPeer peer;

	private final AtomicLong number = new AtomicLong();

	/**
	 * Makes a target.
	 * @param peer the client's proxy
	 */
	public Echoes(AsyncPeer peer) {
		this.peer = peer;
	}

	@Override
	public void call(Consumer<@Nullable Throwable> ended) {
		String text = "sixteen bytes..." + ((this.number.incrementAndGet() % 2 == 0) ? "" : "!");
		this.peer.echo(text).whenComplete((answer, failure) -> {
			boolean another = failure == null && !text.equals(answer);
			ended.accept(another ? new IllegalStateException("the answer of another call") : failure);
		});
	}

}
