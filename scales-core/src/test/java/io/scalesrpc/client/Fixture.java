package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.EventLoops;

/**
 * A client over a fake protocol, on fake time and real threads. Closed by the test.
 * <em>Thread-safe</em>.
 */
public final class Fixture implements AutoCloseable {

	public final FakeTime time = new FakeTime();

	public final FakeProtocol protocol = new FakeProtocol();

	public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	public final ClientResources resources = new ClientResources(EventLoops.create("scales-io", 1), this.time,
			this.time, Executors.newCachedThreadPool((task) -> new Thread(task, "scales-callback-test")));

	public final ClientBuilder<Sums> builder = ScalesClients.builder(Sums.class)
		.name("calculator")
		.uri("tcp://127.0.0.1:9090")
		.protocol(this.protocol)
		.resources(this.resources)
		.closeGrace(Duration.ZERO)
		.meterRegistry(this.meters);

	private final List<ClientHandle<?>> handles = new CopyOnWriteArrayList<>();

	public ClientHandle<Sums> build() {
		ClientHandle<Sums> handle = this.builder.build();
		this.handles.add(handle);
		return handle;
	}

	public Sums client() {
		return build().proxy();
	}

	/** Waits for the call of this number, from 0, to reach a connection. */
	public Call sent(int number) {
		await(() -> this.protocol.calls().size() > number);
		return this.protocol.calls().get(number);
	}

	/** Runs a task on an event loop of the client. */
	public void onEventLoop(Runnable task) {
		this.resources.eventLoops().group().next().submit(task).syncUninterruptibly();
	}

	/** Waits for what other threads do, for which there is nothing to wait on. */
	public static void await(BooleanSupplier condition) {
		long start = Ticker.SYSTEM.nanos();
		while (!condition.getAsBoolean()) {
			if (Ticker.SYSTEM.nanos() - start > Duration.ofSeconds(30).toNanos()) {
				throw new AssertionError("not within 30 s");
			}
			LockSupport.parkNanos(200_000);
		}
	}

	@Override
	public void close() {
		this.handles.forEach(ClientHandle::close);
		this.resources.close();
	}

}
