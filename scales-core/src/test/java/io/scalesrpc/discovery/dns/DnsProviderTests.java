package io.scalesrpc.discovery.dns;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class DnsProviderTests {

	private final BlockingQueue<List<Member>> told = new LinkedBlockingQueue<>();

	private final NameServer server = new NameServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void addressesAreMembersOfThemselves() throws InterruptedException {
		try (ServerSet set = set("dns://127.0.0.1:9090")) {
			set.watch(this.told::add);
			assertThat(next()).containsExactly(Member.of("127.0.0.1", 9090));
		}
	}

	@Test
	void localhostIsKnownWithoutANameServer() throws InterruptedException {
		try (ServerSet set = set("dns://localhost:9090")) {
			set.watch(this.told::add);
			assertThat(next()).contains(new Member("127.0.0.1", 9090, 1, Map.of("dns.name", "localhost")));
		}
	}

	@Test
	void aChangeIsToldWhenTheTtlIsOver() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			if (question.type().equals(DnsRecordType.A)) {
				long round = this.server.asked.stream().filter((asked) -> asked.startsWith("A ")).count();
				response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 1, "10.0.0." + round));
			}
			return true;
		};
		try (ServerSet set = set("dns://" + this.server.authority() + "/prices:9090")) {
			set.watch(this.told::add);
			assertThat(next()).isEqualTo(Members.at(9090, "10.0.0.1"));
			assertThat(next()).isEqualTo(Members.at(9090, "10.0.0.2"));
			assertThat(set.status().age()).isNotNull();
		}
		assertThat(this.server.asked).contains("A prices.").noneMatch((asked) -> asked.contains("prices.."));
	}

	@Test
	void aServiceIsLookedUpOnTheServerOfItsUri() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			if (question.type().equals(DnsRecordType.SRV)) {
				response.addRecord(DnsSection.ANSWER, NameServer.srv(question.name(), 60, 5, 7, 9001, "n1.example"));
			}
			else if (question.type().equals(DnsRecordType.A)) {
				response.addRecord(DnsSection.ANSWER, NameServer.a(question.name(), 60, "10.0.0.1"));
			}
			return true;
		};
		try (ServerSet set = set("srv://" + this.server.authority() + "/_prices._tcp.example")) {
			set.watch(this.told::add);
			assertThat(next())
				.containsExactly(new Member("10.0.0.1", 9001, 1, Map.of("dns.name", "n1.example", "priority", "5")));
		}
	}

	@Test
	void aSetClosedDuringALookupLeavesNothing() throws InterruptedException {
		this.server.script = (question, response, tcp) -> false;
		ServerSet set = set("dns://" + this.server.authority() + "/prices:9090");
		set.watch(this.told::add);
		set.close();
		set.close();
		awaitEndOf(SharedLoop.THREAD);
		assertThat(this.told).isEmpty();
	}

	@Test
	void setsShareOneThreadWhichEndsWithTheLast() throws InterruptedException {
		ServerSet first = set("dns://127.0.0.1:9090");
		ServerSet second = set("dns://127.0.0.2:9090");
		assertThat(threads(SharedLoop.THREAD)).isZero();
		first.watch(this.told::add);
		second.watch(this.told::add);
		next();
		next();
		assertThat(threads(SharedLoop.THREAD)).isEqualTo(1);
		first.close();
		assertThat(threads(SharedLoop.THREAD)).isEqualTo(1);
		second.close();
		awaitEndOf(SharedLoop.THREAD);
		ServerSet third = set("dns://127.0.0.3:9090");
		third.watch(this.told::add);
		assertThat(next()).containsExactly(Member.of("127.0.0.3", 9090));
		third.close();
	}

	private static long threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

	private static void awaitEndOf(String prefix) throws InterruptedException {
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith(prefix)) {
				thread.join(10_000);
			}
		}
		assertThat(threads(prefix)).isZero();
	}

	private List<Member> next() throws InterruptedException {
		List<Member> members = this.told.poll(10, TimeUnit.SECONDS);
		if (members == null) {
			throw new AssertionError("nothing told");
		}
		return members;
	}

	/** Each from a provider of its own, as clients find them. */
	private static ServerSet set(String uri) {
		ServerSetUri parsed = ServerSetUri.parse(uri);
		return ServiceLoader.load(ServerSetProvider.class)
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((provider) -> provider.scheme().equals(parsed.scheme()))
			.findFirst()
			.orElseThrow()
			.create(parsed);
	}

}
