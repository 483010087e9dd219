package io.scalesrpc.spring.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Limits of a server that properties set. */
class ServerLimitTests {

	@Test
	void limitsOfThePropertiesAreThoseOfConnections() {
		Servers.application()
			.withPropertyValues("scales.server.handshake-timeout=100ms")
			.run((context) -> assertThat(isEnded(context)).isTrue());
		Servers.application()
			.withPropertyValues("scales.server.protocol=thrift", "scales.server.idle-timeout=100ms")
			.run((context) -> assertThat(isEnded(context)).isTrue());
		Servers.application()
			.withPropertyValues("scales.server.max-connections=1", "scales.server.max-frame-size=1KB")
			.run((context) -> {
				try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
					assertThat(client.proxy().join("a", "b", 1)).isNotNull();
					assertThat(isEnded(context)).isTrue();
					assertThat(context.getBean(ScalesServer.class).server().stats().refusedConnections()).isOne();
					assertThatExceptionOfType(ScalesException.class)
						.isThrownBy(() -> client.proxy().join("a".repeat(4096), "b", 1));
				}
			});
	}

	@Test
	void aCallBeyondThoseThatMayRunIsRefusedUnbegun() {
		Servers.application().withPropertyValues("scales.server.max-concurrent-calls=1").run((context) -> {
			Arithmetic handler = context.getBean(Arithmetic.class);
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				CompletableFuture<Long> running = CompletableFuture.supplyAsync(() -> Servers.fetch(client.proxy()),
						Servers::onAThreadOfItsOwn);
				assertThat(handler.begun.await(10, TimeUnit.SECONDS)).isTrue();
				assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().divide(84, 2));
				handler.letGo.countDown();
				assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(7);
			}
		});
	}

	/** Waits until the server ends a connection that says nothing. */
	private static boolean isEnded(ApplicationContext context) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Servers.port(context))) {
			socket.setSoTimeout(20_000);
			return socket.getInputStream().read() < 0;
		}
	}

}
