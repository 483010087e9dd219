package io.scalesrpc.spring.discovery;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.testing.FreePorts;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of a user with spring-cloud-starter-zookeeper-discovery, a real
 * ZooKeeper, and two servers registered there.
 */
@Timeout(120)
class ZooKeeperRegistryTests {

	private final CalculatorServer a = CalculatorServer.start();

	private final CalculatorServer b = CalculatorServer.start();

	private TestingServer zooKeeper;

	private CuratorFramework curator;

	private ServiceDiscovery<ZookeeperInstance> registry;

	@BeforeEach
	void startZooKeeper() throws Exception {
		this.zooKeeper = new TestingServer(FreePorts.next(), true);
		this.curator = CuratorFrameworkFactory.newClient(this.zooKeeper.getConnectString(), new RetryOneTime(1000));
		this.curator.start();
		this.registry = ServiceDiscoveryBuilder.builder(ZookeeperInstance.class)
			.client(this.curator)
			.basePath("/services")
			.build();
		this.registry.start();
	}

	@AfterEach
	void stopAll() throws Exception {
		this.registry.close();
		this.curator.close();
		this.zooKeeper.close();
		this.a.close();
		this.b.close();
	}

	@Test
	void callsFollowAMemberThatLeavesByPolling() throws Exception {
		follows("200ms", (context) -> {
		});
	}

	/** What every web application publishes once it has registered itself. */
	@Test
	void callsFollowAMemberThatLeavesAtOnceWhenTheRegistryTellsIt() throws Exception {
		follows("1h", (context) -> context.publishEvent(new InstanceRegisteredEvent<>(this, "config")));
	}

	@Test
	void aLostRegistryLosesNoMember() throws Exception {
		this.registry.registerService(instance(this.a));
		try (ConfigurableApplicationContext context = application("200ms")) {
			Await.until(() -> addresses(context).size() == 1);
			this.zooKeeper.stop();
			Await.until(() -> view(context).source().lastError() != null);
			assertThat(addresses(context)).containsExactly(this.a.uri().substring("tcp://".length()));
			assertThat(context.getBean(CalculatorClient.class).divide(6, 3)).isEqualTo(2);
			this.zooKeeper.restart();
			this.registry.registerService(instance(this.b));
			Await.until(() -> addresses(context).size() == 2 && view(context).source().lastError() == null);
		}
	}

	private void follows(String interval, Consumer<ConfigurableApplicationContext> started) throws Exception {
		ServiceInstance<ZookeeperInstance> leaving = instance(this.a);
		this.registry.registerService(leaving);
		this.registry.registerService(instance(this.b));
		try (ConfigurableApplicationContext context = application(interval)) {
			started.accept(context);
			CalculatorClient calculator = context.getBean(CalculatorClient.class);
			Await.until(() -> addresses(context).size() == 2);
			Await.until(() -> calculator.divide(6, 3) == 2 && this.a.calls().get() > 0 && this.b.calls().get() > 0);
			this.registry.unregisterService(leaving);
			Await.until(() -> addresses(context).size() == 1);
			int before = this.a.calls().get();
			for (int i = 0; i < 20; i++) {
				assertThat(calculator.divide(6, 3)).isEqualTo(2);
			}
			assertThat(this.a.calls()).hasValue(before);
		}
	}

	private ConfigurableApplicationContext application(String interval) {
		Map<String, Object> properties = Map.of("spring.cloud.zookeeper.connect-string",
				this.zooKeeper.getConnectString(), "spring.cloud.zookeeper.max-retries", "1",
				"scales.clients.calculator.uri", "discovery://calculator", "scales.clients.calculator.balancer.type",
				"round-robin", "scales.discovery.poll-interval", interval, "spring.main.banner-mode", "off",
				"spring.cloud.service-registry.auto-registration.enabled", "false");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	private static ClientView view(ConfigurableApplicationContext context) {
		return context.getBean(ScalesClientRegistry.class).client("calculator").view();
	}

	private static List<String> addresses(ConfigurableApplicationContext context) {
		return view(context).members().stream().map(MemberView::address).toList();
	}

	private static ServiceInstance<ZookeeperInstance> instance(CalculatorServer server) throws Exception {
		return ServiceInstance.<ZookeeperInstance>builder()
			.name("calculator")
			.address("localhost")
			.port(server.port())
			.payload(new ZookeeperInstance("calculator", "calculator", Map.of()))
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	static class Application {

	}

}
