package io.scalesrpc.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * A factory whose openings succeed or fail when the test says so. <em>Thread-safe</em>.
 */
public final class FakeConnectionFactory implements ConnectionFactory {

	private final List<Listener> openings = new CopyOnWriteArrayList<>();

	private volatile @Nullable Listener pending;

	/** What opening throws, if anything. */
	public volatile @Nullable RuntimeException thrown;

	@Override
	public void open(Member member, Listener listener) {
		if (this.pending != null) {
			throw new IllegalStateException("openings in flight: 2 (expected: at most 1)");
		}
		this.openings.add(listener);
		RuntimeException planned = this.thrown;
		if (planned != null) {
			throw planned;
		}
		this.pending = listener;
	}

	/** How many openings were begun. */
	public int openings() {
		return this.openings.size();
	}

	public boolean isOpening() {
		return this.pending != null;
	}

	/** Lets the opening in flight succeed. */
	public FakeConnection succeed() {
		return succeed((call) -> {
		});
	}

	/** Lets it succeed with a connection that tells the test every call it gets. */
	public FakeConnection succeed(Consumer<Call> sent) {
		FakeConnection connection = new FakeConnection(sent);
		take().opened(connection);
		return connection;
	}

	/** Lets the opening in flight succeed with a connection that broke since. */
	public void succeedTooLate(String reason) {
		FakeConnection connection = new FakeConnection();
		connection.breakDown(reason);
		take().opened(connection);
	}

	/** Lets the opening in flight fail. */
	public void fail(String reason) {
		take().failed(Failure.of(FailureKind.NOT_SENT, reason));
	}

	private Listener take() {
		Listener listener = this.pending;
		if (listener == null) {
			throw new IllegalStateException("openings in flight: 0 (expected: 1)");
		}
		this.pending = null;
		return listener;
	}

}
