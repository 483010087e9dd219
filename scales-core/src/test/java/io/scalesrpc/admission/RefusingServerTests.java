package io.scalesrpc.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.RejectedCallException;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import io.scalesrpc.time.Ticker;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole stack against a real server that refuses calls. <em>Confined to the test's
 * thread.</em>
 */
@Sockets
class RefusingServerTests {

	private final AtomicBoolean overloaded = new AtomicBoolean();

	private final PeerServer server = PeerServer
		.start(ThriftMuxServer.builder().port(0).interceptor((call, handler) -> {
			if (this.overloaded.get()) {
				throw RejectedCallException.retryable();
			}
			handler.run();
		}));

	private final ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
		.uri("tcp://127.0.0.1:" + this.server.port())
		.throttling(ThrottlingSettings.DEFAULT.withWindow(Duration.ofSeconds(1)))
		.closeGrace(Duration.ZERO)
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void throttlingBeginsWhenTheServerRefusesAndEndsWhenItAcceptsAgain() {
		assertThat(call()).isEqualTo("3");
		this.overloaded.set(true);
		until(() -> call().contains("withheld from servers that refuse too many"));
		this.overloaded.set(false);
		until(this::isAnsweredAHundredTimes);
	}

	private boolean isAnsweredAHundredTimes() {
		for (int i = 0; i < 100; i++) {
			if (!call().equals("3")) {
				return false;
			}
		}
		return true;
	}

	private String call() {
		try {
			return String.valueOf(this.client.proxy().add(1, 2));
		}
		catch (NotSentException ex) {
			return String.valueOf(ex.getMessage());
		}
		catch (TException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void until(BooleanSupplier condition) {
		long start = Ticker.SYSTEM.nanos();
		while (!condition.getAsBoolean()) {
			assertThat(Ticker.SYSTEM.nanos() - start).isLessThan(Duration.ofSeconds(20).toNanos());
		}
	}

}
