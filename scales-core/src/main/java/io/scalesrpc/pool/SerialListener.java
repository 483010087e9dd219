package io.scalesrpc.pool;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.scalesrpc.call.Failure;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory.Listener;

/**
 * Tells a pool on its serial executor how the opening of a connection ended.
 * <em>Thread-safe</em>.
 *
 * @param serial the executor
 * @param whenOpened told the connection
 * @param whenFailed told why there is none
 */
record SerialListener(Executor serial, Consumer<Connection> whenOpened,
		Consumer<Failure> whenFailed) implements Listener {

	@Override
	public void opened(Connection connection) {
		this.serial.execute(() -> this.whenOpened.accept(connection));
	}

	@Override
	public void failed(Failure failure) {
		this.serial.execute(() -> this.whenFailed.accept(failure));
	}

}
