package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.discovery.zookeeper.ZooKeeperFixture.Told;
import io.scalesrpc.testing.Sockets;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceInstanceBuilder;
import org.apache.curator.x.discovery.UriSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class CuratorServerSetTests {

	private static final CuratorFormat FORMAT = new CuratorFormat("prices",
			InstantSource.fixed(Instant.ofEpochMilli(1234)));

	private ZooKeeperFixture zookeeper;

	@BeforeEach
	void start() throws Exception {
		this.zookeeper = new ZooKeeperFixture();
	}

	@AfterEach
	void stop() throws Exception {
		this.zookeeper.close();
	}

	@Test
	void instancesOfCuratorsOwnDiscoveryAreFollowed() throws Exception {
		try (ServiceDiscovery<Void> discovery = discovery(Void.class)) {
			ServiceInstance<Void> first = instance("a", 1, (Void) null).build();
			ServiceInstance<Void> second = instance("b", 2, (Void) null)
				.uriSpec(new UriSpec("{scheme}://{address}:{port}"))
				.build();
			discovery.registerService(first);
			Told told = this.zookeeper.follow(FORMAT);
			assertThat(told.next()).containsExactly(Member.of("a", 1));
			discovery.registerService(second);
			assertThat(told.next()).containsExactlyInAnyOrder(Member.of("a", 1), Member.of("b", 2));
			discovery.unregisterService(first);
			assertThat(told.next()).containsExactly(Member.of("b", 2));
			assertThat(told.set().status()).isEqualTo(SourceStatus.CURRENT);
		}
	}

	@Test
	void instancesOfSpringCloudHaveWeightAndMetadata() throws Exception {
		try (ServiceDiscovery<ZookeeperInstance> discovery = discovery(ZookeeperInstance.class)) {
			discovery.registerService(instance("a", 1, payload(Map.of("weight", "2.5", "zone", "b"))).build());
			discovery.registerService(instance("b", 2, payload(Map.of("instance_status", "OUT_OF_SERVICE"))).build());
			discovery.registerService(instance("c", 3, payload(Map.of("instance_status", "UP"))).build());
			discovery.registerService(instance("d", 4, payload(Map.of("long", "x".repeat(1000)))).build());
			assertThat(this.zookeeper.follow(FORMAT).next()).containsExactlyInAnyOrder(
					new Member("a", 1, 2.5, Map.of("zone", "b")), Member.of("c", 3), Member.of("d", 4));
		}
	}

	@Test
	void garbageIsLeftOutAloneAndCountedWhatIsDisabledOnlyLeftOut() throws Exception {
		this.zookeeper.write("1", "no json");
		this.zookeeper.write("2",
				"{\"name\":\"prices\",\"id\":\"2\",\"address\":\"a\",\"port\":null,\"sslPort\":null}");
		this.zookeeper.write("4", "{\"address\":\"c\",\"port\":3,\"enabled\":false}");
		this.zookeeper.write("3", "{\"name\":\"prices\",\"id\":\"3\",\"address\":\"b\",\"port\":2}");
		Told told = this.zookeeper.follow(FORMAT);
		assertThat(told.next()).containsExactly(Member.of("b", 2));
		assertThat(told.set().status()).isEqualTo(new SourceStatus(Duration.ZERO, null, 2));
	}

	@Test
	void aPortForTlsIsToldAndIsThePortWhereThereIsNoOther() throws Exception {
		this.zookeeper.write("1", "{\"address\":\"a\",\"port\":null,\"sslPort\":443}");
		this.zookeeper.write("2", "{\"address\":\"b\",\"port\":80,\"sslPort\":443}");
		this.zookeeper.write("3", "{\"address\":\"c\",\"port\":443,\"sslPort\":443}");
		this.zookeeper.write("4", "{\"address\":\"d\",\"port\":80,\"sslPort\":\"x\"}");
		Told told = this.zookeeper.follow(FORMAT);
		assertThat(told.next()).containsExactly(Member.of("a", 443),
				new Member("b", 80, 1, Map.of(Member.SSL_PORT, "443")), Member.of("c", 443));
		assertThat(told.set().status().badMembers()).isOne();
	}

	@Test
	void whatIsAnnouncedIsReadByCuratorAndSpringCloud() throws Exception {
		try (ServiceDiscovery<Void> curator = discovery(Void.class);
				ServiceDiscovery<ZookeeperInstance> spring = discovery(ZookeeperInstance.class)) {
			NodeFormat.NewNode plain = FORMAT.announcement(Member.of("a", 1));
			this.zookeeper.write(plain.name(), new String(plain.data(), "UTF-8"));
			ServiceInstance<Void> read = curator.queryForInstance("prices", plain.name());
			assertThat(read.getAddress()).isEqualTo("a");
			assertThat(read.getPort()).isEqualTo(1);
			assertThat(read.getRegistrationTimeUTC()).isEqualTo(1234);
			Member weighty = new Member("b", 2, 2.5, Map.of("zone", "b"));
			NodeFormat.NewNode loaded = FORMAT.announcement(weighty);
			this.zookeeper.write(loaded.name(), new String(loaded.data(), "UTF-8"));
			assertThat(spring.queryForInstance("prices", loaded.name()).getPayload().getMetadata())
				.isEqualTo(Map.of("weight", "2.5", "zone", "b"));
			assertThat(this.zookeeper.follow(FORMAT).next()).containsExactlyInAnyOrder(Member.of("a", 1), weighty);
		}
	}

	private <T> ServiceDiscovery<T> discovery(Class<T> payload) throws Exception {
		ServiceDiscovery<T> discovery = ServiceDiscoveryBuilder.builder(payload)
			.client(this.zookeeper.writer)
			.basePath("/services")
			.build();
		discovery.start();
		return discovery;
	}

	private static <T> ServiceInstanceBuilder<T> instance(String host, int port, T payload) throws Exception {
		return ServiceInstance.<T>builder().name("prices").address(host).port(port).payload(payload);
	}

	private static ZookeeperInstance payload(Map<String, String> metadata) {
		return new ZookeeperInstance("prices-1", "prices", metadata);
	}

}
