package io.scalesrpc.discovery.dns.query;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ResolvConfTests {

	private static final ResolvConf POD = parse("# a pod", "nameserver 10.96.0.10",
			"search shop.svc.cluster.local  svc.cluster.local", "options edns0 ndots:5 timeout:1");

	private static ResolvConf parse(String... lines) {
		return ResolvConf.parse(List.of(lines));
	}

	private static InetSocketAddress server(String address) {
		return new InetSocketAddress(address, 53);
	}

	@Test
	void aShortNameIsLookedForInTheDomainsFirst() {
		assertThat(POD.candidates("orders")).containsExactly("orders.shop.svc.cluster.local.",
				"orders.svc.cluster.local.", "orders.");
		assertThat(POD.candidates("a.b.c.example")).last().isEqualTo("a.b.c.example.");
	}

	@Test
	void aNameWithEnoughDotsIsTriedAsItStandsFirst() {
		assertThat(POD.candidates("a.b.c.d.e.f")).startsWith("a.b.c.d.e.f.").hasSize(3);
		assertThat(parse("domain example").candidates("a.b")).containsExactly("a.b.", "a.b.example.");
	}

	@Test
	void aDotAtTheEndMeansThisNameOnly() {
		assertThat(POD.candidates("orders.")).containsExactly("orders.");
	}

	@Test
	void aDomainMayBeginWithADotOrBeNothingElse() {
		assertThat(parse("search . .b c.").candidates("a")).containsExactly("a.", "a.b.", "a.c.");
	}

	@Test
	void theLastLineOfAKindCounts() {
		ResolvConf conf = parse("domain a", "search b c", "options ndots:2", "options ndots:99 attempts:0 timeout:99");
		assertThat(conf.domains()).containsExactly("b", "c");
		assertThat(conf.ndots()).isEqualTo(15);
		assertThat(conf.attempts()).isEqualTo(1);
		assertThat(conf.timeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(parse("search b c", "domain a z").domains()).containsExactly("a");
	}

	@Test
	void threeServersAreAskedAtMost() {
		assertThat(parse("nameserver 10.0.0.1;x", "nameserver\t10.0.0.2 # two", " nameserver 10.0.0.9",
				"nameserver here", "nameserver ::1", "nameserver 10.0.0.4")
			.servers()).containsExactly(server("10.0.0.1"), server("10.0.0.2"), server("::1"));
	}

	@Test
	void optionsSayHowTheyAreAsked() {
		assertThat(POD.timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(POD.attempts()).isEqualTo(2);
		assertThat(POD.rotate()).isFalse();
		assertThat(POD.ipv6()).isTrue();
		ResolvConf conf = parse("options rotate no-aaaa");
		assertThat(conf.rotate()).isTrue();
		assertThat(conf.ipv6()).isFalse();
	}

	@Test
	void anInterruptOfTheThreadDoesNotKeepItFromReading(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("resolv.conf"), "search a b\n");
		Thread.currentThread().interrupt();
		ResolvConf conf = ResolvConf.read(file);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(conf.domains()).containsExactly("a", "b");
	}

	@Test
	void nonsenseSaysNothing() {
		assertThat(parse("", "options ndots:x ndots:", "search", "  ", "nameserver"))
			.isEqualTo(ResolvConf.of(List.of(server("127.0.0.1"))));
		assertThat(ResolvConf.read(Path.of("/nonexistent")).servers()).containsExactly(server("127.0.0.1"));
	}

}
