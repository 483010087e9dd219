package io.scalesrpc.server.announcement;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.discovery.Member;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAddressTests {

	private static final Member REGISTRY = Member.of("zk1", 2181);

	private final FakeNetworks networks = new FakeNetworks();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		((Logger) LoggerFactory.getLogger(LocalAddress.class)).addAppender(this.log);
	}

	@AfterEach
	void detach() {
		((Logger) LoggerFactory.getLogger(LocalAddress.class)).detachAppender(this.log);
	}

	@Test
	void whoeverListensOnOneAddressIsAnnouncedThere() {
		this.networks.routes.put("zk1", "10.0.5.7");
		assertThat(new LocalAddress(this.networks).of(new InetSocketAddress("192.168.9.7", 1), List.of(REGISTRY)))
			.isEqualTo(Member.of("192.168.9.7", 1));
		assertThat(new LocalAddress(this.networks).of(new InetSocketAddress(address("fe80::1%1"), 1), List.of()))
			.isEqualTo(Member.of("fe80:0:0:0:0:0:0:1", 1));
	}

	@Test
	void theAddressThatIsUsedTowardsTheRegistryIsAnnounced() {
		this.networks.has("docker0", "172.17.0.1").has("eth0", "10.0.5.7").has("eth1", "10.0.6.7");
		this.networks.routes.put("zk1", "10.0.6.7");
		assertThat(announced()).isEqualTo("10.0.6.7");
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void towardsARegistryOnThisMachineSaysNothing() {
		this.networks.has("docker0", "172.17.0.1").has("lo", "127.0.0.1").has("eth0", "203.0.113.7");
		this.networks.routes.put("zk1", "127.0.0.1");
		assertThat(announced()).isEqualTo("203.0.113.7");
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("announcing 203.0.113.7 of eth0, chosen among [203.0.113.7 of eth0,"
					+ " 172.17.0.1 of docker0]: the registry does not tell which (announceAs names another)");
	}

	@Test
	void bridgesAndTunnelsComeLastAndPrivateAddressesFirst() {
		this.networks.has("br-7f2c", "172.18.0.1").has("tun0", "10.8.0.2").has("wg0", "10.9.0.2");
		this.networks.has("eth0", "2001:db8:0:0:0:0:0:7").has("eth0", "100.64.3.7").has("eth1", "192.168.9.7");
		assertThat(announced()).isEqualTo("192.168.9.7");
		this.networks.locals.removeIf((local) -> local.network().equals("eth1"));
		assertThat(announced()).isEqualTo("100.64.3.7");
	}

	@Test
	void theOnlyAddressNeedsNoWarning() {
		this.networks.has("lo", "127.0.0.1").has("eth0", "10.0.5.7").has("eth0", "fe80::1");
		assertThat(announced()).isEqualTo("10.0.5.7");
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void withoutANetworkThereIsTheLoopback() {
		assertThat(announced()).isEqualTo("127.0.0.1");
	}

	@Test
	void theSystemKnowsItsWayToItself() {
		SystemNetworks system = new SystemNetworks();
		assertThat(system.sourceTowards(Member.of("127.0.0.1", 1))).contains(address("127.0.0.1"));
		assertThat(system.sourceTowards(Member.of("x".repeat(300), 1))).isEmpty();
		assertThat(system.addresses()).extracting(LocalNetworks.Local::address).contains(address("127.0.0.1"));
	}

	private String announced() {
		return new LocalAddress(this.networks).of(new InetSocketAddress(9090), List.of(REGISTRY)).host();
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Networks that a test writes down. <em>Confined to the test's thread</em>. */
	private static final class FakeNetworks implements LocalNetworks {

		private final List<Local> locals = new ArrayList<>();

		private final Map<String, String> routes = new HashMap<>();

		FakeNetworks has(String network, String address) {
			this.locals.add(new Local(network, address(address)));
			return this;
		}

		@Override
		public Optional<InetAddress> sourceTowards(Member host) {
			return Optional.ofNullable(this.routes.get(host.host())).map(LocalAddressTests::address);
		}

		@Override
		public List<Local> addresses() {
			return this.locals;
		}

	}

}
