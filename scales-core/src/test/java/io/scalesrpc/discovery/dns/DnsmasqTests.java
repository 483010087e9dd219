package io.scalesrpc.discovery.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Against a name server that others wrote. */
@Sockets
class DnsmasqTests {

	private static final Path DNSMASQ = Path.of("/usr/sbin/dnsmasq");

	private final BlockingQueue<List<Member>> told = new LinkedBlockingQueue<>();

	private final int port = Ports.unused().getPort();

	@TempDir
	private Path directory;

	private Process process;

	@BeforeEach
	void start() throws IOException {
		assumeTrue(Files.isExecutable(DNSMASQ), DNSMASQ + " is missing: install dnsmasq-base to run this test");
		Stream<String> few = Stream.of("10.0.0.1 prices.test", "10.0.0.2 prices.test", "fd00::1 six.test",
				"10.0.1.1 n1.test", "10.0.1.2 n2.test");
		Stream<String> many = IntStream.range(0, 200).mapToObj((i) -> "10.0.2." + i + " many.test");
		write(Stream.concat(few, many).toArray(String[]::new));
		List<String> command = new ArrayList<>(List.of(DNSMASQ.toString(), "--keep-in-foreground",
				"--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-poll",
				"--user=" + System.getProperty("user.name"), "--pid-file", "--listen-address=127.0.0.1",
				"--bind-interfaces", "--port=" + this.port, "--local=/test/", "--local-ttl=1", "--log-facility=-",
				"--addn-hosts=" + hosts(), "--cname=alias.test,prices.test",
				"--srv-host=_prices._tcp.test,n1.test,9001,10,30", "--srv-host=_prices._tcp.test,n2.test,9002,10,10",
				"--srv-host=_prices._tcp.test,prices.test,9003,20,10"));
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		if (this.process != null) {
			this.process.destroy();
			this.process.waitFor();
		}
	}

	@Test
	void addressesAreFoundAndFollowed() throws Exception {
		try (ServerSet set = set(new DnsServerSetProvider(), "dns://127.0.0.1:" + this.port + "/prices.test:9090")) {
			set.watch(this.told::add);
			assertThat(hosts(next())).containsExactly("10.0.0.1", "10.0.0.2");
			write("10.0.0.2 prices.test", "10.0.0.3 prices.test");
			hangUp();
			assertThat(hosts(next())).containsExactly("10.0.0.2", "10.0.0.3");
		}
	}

	@Test
	void aNameThatIsGoneKeepsItsMembers() throws Exception {
		try (ServerSet set = set(new DnsServerSetProvider(), "dns://127.0.0.1:" + this.port + "/prices.test:9090")) {
			set.watch(this.told::add);
			next();
			write("10.0.0.9 other.test");
			hangUp();
			for (int tries = 0; set.status().lastError() == null && tries < 1000; tries++) {
				assertThat(this.told.poll(20, TimeUnit.MILLISECONDS)).isNull();
			}
			assertThat(set.status().lastError()).contains("no such name");
			assertThat(this.told).isEmpty();
		}
	}

	@Test
	void anAliasLeadsToAddresses() throws Exception {
		try (ServerSet set = set(new DnsServerSetProvider(), "dns://127.0.0.1:" + this.port + "/alias.test:9090")) {
			set.watch(this.told::add);
			assertThat(hosts(next())).containsExactly("10.0.0.1", "10.0.0.2");
		}
	}

	@Test
	void servicesAreFoundWithTheirWeights() throws Exception {
		try (ServerSet set = set(new SrvServerSetProvider(), "srv://127.0.0.1:" + this.port + "/_prices._tcp.test")) {
			set.watch(this.told::add);
			List<Member> members = next();
			assertThat(members).filteredOn((member) -> member.priority() == 10)
				.containsExactly(member("10.0.1.1", 9001, 1.5, "n1.test"), member("10.0.1.2", 9002, 0.5, "n2.test"));
			assertThat(members).filteredOn((member) -> member.priority() > 10).hasSize(2);
		}
	}

	@Test
	void manyAddressesComeOverTcp() throws Exception {
		try (ServerSet set = set(new DnsServerSetProvider(), "dns://127.0.0.1:" + this.port + "/many.test:9090")) {
			set.watch(this.told::add);
			assertThat(next()).hasSize(200);
		}
	}

	private static Member member(String host, int port, double weight, String name) {
		return new Member(host, port, weight, Map.of("dns.name", name, "priority", "10"));
	}

	private static List<String> hosts(List<Member> members) {
		return members.stream().map(Member::host).toList();
	}

	/** It may not have started: the first answer comes after a failure then. */
	private List<Member> next() throws InterruptedException {
		List<Member> members = this.told.poll(20, TimeUnit.SECONDS);
		if (members == null) {
			throw new AssertionError("nothing told");
		}
		return members;
	}

	private Path hosts() {
		return this.directory.resolve("hosts");
	}

	private void write(String... lines) throws IOException {
		Files.write(hosts(), List.of(lines));
	}

	/** SIGHUP makes it read its hosts again. */
	private void hangUp() throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-HUP", Long.toString(this.process.pid())).start().waitFor();
	}

	private static ServerSet set(ServerSetProvider provider, String uri) {
		return provider.create(ServerSetUri.parse(uri));
	}

}
