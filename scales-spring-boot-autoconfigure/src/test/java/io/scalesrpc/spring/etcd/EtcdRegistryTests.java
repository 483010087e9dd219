package io.scalesrpc.spring.etcd;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An application with a registry of its own: a provider that is a bean, over a real etcd.
 */
@Timeout(120)
class EtcdRegistryTests {

	@TempDir
	private Path directory;

	@Test
	void callsFollowWhatEtcdKnowsAndOutliveIt() throws Exception {
		assumeTrue(Files.isExecutable(EtcdServer.BINARY), "no /usr/bin/etcd: install etcd-server");
		try (CalculatorServer a = CalculatorServer.start();
				CalculatorServer b = CalculatorServer.start();
				EtcdServer etcd = new EtcdServer(this.directory.resolve("data"));
				Client client = Client.builder().endpoints("http://" + etcd.address()).build()) {
			register(client, "a", "localhost:" + a.port());
			register(client, "b", "localhost:" + b.port());
			register(client, "c", "nowhere");
			Contexts.application()
				.withUserConfiguration(OwnRegistry.class)
				.withPropertyValues("scales.clients.calculator.uri=etcd://" + etcd.address() + "/calculator/",
						"scales.clients.calculator.balancer.type=round-robin")
				.run((context) -> {
					CalculatorClient calculator = context.getBean(CalculatorClient.class);
					Await.until(() -> addresses(context).size() == 2);
					assertThat(view(context).source().badMembers()).isEqualTo(1);
					Await.until(() -> calculator.divide(6, 3) == 2 && a.calls().get() > 0 && b.calls().get() > 0);

					client.getKVClient().delete(bytes("/calculator/a")).get(10, TimeUnit.SECONDS);
					Await.until(() -> addresses(context).equals(List.of("localhost:" + b.port())));
					int before = a.calls().get();
					assertThat(calculator.divide(6, 3)).isEqualTo(2);
					assertThat(a.calls()).hasValue(before);

					etcd.stop();
					Await.until(() -> view(context).source().lastError() != null);
					assertThat(calculator.divide(6, 3)).isEqualTo(2);

					etcd.start();
					register(client, "a", "localhost:" + a.port());
					Await.until(() -> addresses(context).size() == 2 && view(context).source().lastError() == null);
				});
		}
	}

	private static void register(Client client, String id, String address) throws Exception {
		client.getKVClient().put(bytes("/calculator/" + id), bytes(address)).get(20, TimeUnit.SECONDS);
	}

	private static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

	private static ClientView view(ApplicationContext context) {
		return context.getBean(ScalesClientRegistry.class).client("calculator").view();
	}

	private static List<String> addresses(ApplicationContext context) {
		return view(context).members().stream().map(MemberView::address).toList();
	}

	/** What the application adds: one bean. */
	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		EtcdServerSetProvider etcd() {
			return new EtcdServerSetProvider(Duration.ofSeconds(1));
		}

	}

}
