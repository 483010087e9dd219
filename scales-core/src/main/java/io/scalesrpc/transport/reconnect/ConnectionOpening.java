package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.ConnectionFactory.Listener;

/**
 * The openings of connections to one member, of which one at most is in flight.
 * <em>Confined to the resurrector's serial executor.</em>
 */
final class ConnectionOpening {

	private final Member member;

	private final ConnectionFactory factory;

	private final Executor serial;

	private boolean closed;

	/** Completes when the opening in flight is over and nothing of it is left. */
	private CompletableFuture<?> over = CompletableFuture.completedFuture(null);

	ConnectionOpening(Member member, ConnectionFactory factory, Executor serial) {
		this.member = member;
		this.factory = factory;
		this.serial = serial;
	}

	/**
	 * Begins to open a connection.
	 * @param opened told the connection, on the serial executor
	 * @param failed told why there is none, on the serial executor
	 */
	void begin(Consumer<Connection> opened, Consumer<Failure> failed) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.over = end;
		this.factory.open(this.member, new Listener() {

			@Override
			public void opened(Connection connection) {
				ConnectionOpening.this.serial.execute(() -> ConnectionOpening.this.opened(connection, end, opened));
			}

			@Override
			public void failed(Failure failure) {
				ConnectionOpening.this.serial.execute(() -> {
					end.complete(null);
					failed.accept(failure);
				});
			}

		});
	}

	private void opened(Connection connection, CompletableFuture<Void> end, Consumer<Connection> opened) {
		if (this.closed) {
			connection.close(Duration.ZERO).whenComplete((nothing, ex) -> end.complete(null));
		}
		else {
			end.complete(null);
			opened.accept(connection);
		}
	}

	/**
	 * Has a connection that is still to come closed at once, and nobody told of it.
	 * @return completes when nothing of an opening is left
	 */
	CompletableFuture<?> close() {
		this.closed = true;
		return this.over;
	}

}
