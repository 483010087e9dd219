package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.LookupResult.Failed;
import io.scalesrpc.discovery.dns.LookupResult.Found;
import io.scalesrpc.discovery.dns.query.Entry;
import io.scalesrpc.discovery.dns.query.Entry.Address;
import io.scalesrpc.discovery.dns.query.Entry.Service;
import io.scalesrpc.discovery.dns.query.FakeResolver;
import io.scalesrpc.discovery.dns.query.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class ServiceLookupTests {

	private static final String SERVICE = "_prices._tcp.example.";

	private final FakeResolver resolver = new FakeResolver();

	private final ServiceLookup lookup = new ServiceLookup(() -> List.of(SERVICE), this.resolver);

	@Test
	void everyRecordIsAMemberWithItsOwnPort() {
		services(service(10, 1, 9001, "a."), service(10, 1, 9002, "b."));
		this.resolver.addresses("A a.", 60, "10.0.0.1");
		this.resolver.addresses("AAAA b.", 5, "fd00:0:0:0:0:0:0:1");
		Found found = find();
		assertThat(found.members()).containsExactlyInAnyOrder(
				new Member("10.0.0.1", 9001, 1, Map.of("dns.name", "a", "priority", "10")),
				new Member("fd00:0:0:0:0:0:0:1", 9002, 1, Map.of("dns.name", "b", "priority", "10")));
		assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void everyPriorityIsLookedUpAndTold() {
		services(service(20, 30, 9000, "b."), service(10, 1, 9000, "a."), service(20, 10, 9000, "c."));
		addresses("a.", "b.", "c.");
		assertThat(find().members()).extracting(Member::host, Member::priority, Member::weight)
			.containsExactlyInAnyOrder(tuple("10.0.1.0", 10, 1.0), tuple("10.0.1.1", 20, 1.5),
					tuple("10.0.1.2", 20, 0.5));
	}

	@Test
	void aServerOfTwoPrioritiesHasTheLower() {
		services(service(20, 1, 9000, "a."), service(10, 1, 9000, "a."));
		addresses("a.");
		assertThat(find().members()).extracting(Member::priority).containsExactly(10);
	}

	@Test
	void weightsAreRelativeToTheirMean() {
		services(service(1, 10, 9000, "a."), service(1, 30, 9000, "b."), service(1, 20, 9000, "c."));
		addresses("a.", "b.", "c.");
		assertThat(weights()).isEqualTo(Map.of("a", 0.5, "b", 1.5, "c", 1.0));
	}

	@Test
	void aServerWithSeveralAddressesSharesItsWeight() {
		services(service(1, 10, 9000, "a."), service(1, 10, 9000, "b."));
		this.resolver.addresses("A a.", 60, "10.0.0.1", "10.0.0.2");
		this.resolver.addresses("A b.", 60, "10.0.0.3");
		assertThat(find().members()).extracting(Member::weight).containsExactlyInAnyOrder(0.75, 0.75, 1.5);
	}

	@Test
	void weightZeroIsHardlyEverUnlessAllHaveIt() {
		services(service(1, 0, 9000, "a."), service(1, 5, 9000, "b."), service(1, 500, 9000, "c."));
		addresses("a.", "b.", "c.");
		Map<String, Double> weights = weights();
		assertThat(weights.get("a")).isPositive().isCloseTo(weights.getOrDefault("b", 0.0) / 100, within(1e-9));
		services(service(1, 0, 9000, "a."), service(1, 0, 9000, "b."));
		assertThat(weights()).isEqualTo(Map.of("a", 1.0, "b", 1.0));
	}

	@Test
	void oneServerNamedTwiceIsOneMember() {
		services(service(1, 1, 9000, "a."), service(1, 1, 9000, "alias."), service(1, 2, 9000, "b."));
		this.resolver.addresses("A a.", 60, "10.0.0.1");
		this.resolver.addresses("A alias.", 60, "10.0.0.1");
		this.resolver.addresses("A b.", 60, "10.0.0.2");
		assertThat(find().members()).hasSize(2).allSatisfy((member) -> assertThat(member.weight()).isEqualTo(1.0));
	}

	@Test
	void addressesSentAlongAreNotAskedFor() {
		List<Entry> records = List.of(service(1, 1, 9000, "a."), service(1, 1, 9000, "b."));
		List<Entry> along = List.of(new Address("a.", 3, "10.0.0.1"), new Address("stranger.", 1, "10.0.0.66"));
		this.resolver.reply("SRV " + SERVICE, new Reply.Answer(records, along, 60, 0));
		this.resolver.addresses("A b.", 60, "10.0.0.2");
		Found found = find();
		assertThat(found.members()).extracting(Member::host).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
		assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.resolver.asked).containsExactly("SRV " + SERVICE, "A b.", "AAAA b.");
	}

	@Test
	void silenceAboutAServerKeepsItsAddresses() {
		services(service(1, 1, 9000, "a."), service(1, 1, 9000, "b."));
		addresses("a.", "b.");
		find();
		this.resolver.silence("A a.");
		this.resolver.silence("AAAA a.");
		Found found = find();
		assertThat(found.members()).hasSize(2);
		assertThat(found.problem()).contains("no answer");
		assertThat(found.bad()).isZero();
	}

	@Test
	void aServerWithoutAddressIsLeftOutAndCounted() {
		services(service(1, 1, 9000, "a."), service(1, 1, 9000, "gone."));
		addresses("a.");
		Found found = find();
		assertThat(found.members()).hasSize(1);
		assertThat(found.bad()).isEqualTo(1);
		assertThat(found.problem()).isNull();
	}

	@Test
	void noServerWithAnAddressIsAFailure() {
		services(service(1, 1, 9000, "gone."));
		assertThat(lookUp()).isEqualTo(new LookupResult.Gone("no server with an address"));
	}

	/**
	 * RFC 2782: a target of "." means that the service is decidedly not available here.
	 */
	@Test
	void aServiceThatIsSaidNotToExistIsAFailure() {
		services(service(0, 0, 0, "."));
		assertThat(lookUp()).isInstanceOf(LookupResult.Gone.class);
	}

	@Test
	void silenceAboutTheServiceIsAFailure() {
		this.resolver.silence("SRV " + SERVICE);
		assertThat(lookUp()).isEqualTo(new Failed("SRV " + SERVICE + ": no answer"));
	}

	@Test
	void manyServersAreAskedForAFewAtATime() {
		String[] names = IntStream.range(0, 100).mapToObj((i) -> "n" + i + ".").toArray(String[]::new);
		services(IntStream.range(0, 100).mapToObj((i) -> service(1, 1, 9000, names[i])).toArray(Service[]::new));
		addresses(names);
		List<LookupResult> results = new ArrayList<>();
		this.lookup.start((result) -> results.add(result));
		assertThat(((Found) results.get(0)).members()).hasSize(100);
		this.resolver.hold = true;
		this.lookup.start(results::add);
		this.resolver.held.remove(0).run();
		while (!this.resolver.held.isEmpty()) {
			assertThat(this.resolver.held).hasSizeLessThanOrEqualTo(16 * 2);
			this.resolver.held.remove(this.resolver.held.size() - 1).run();
		}
		assertThat(((Found) results.get(1)).members()).hasSize(100);
		assertThat(results).hasSize(2);
	}

	private void services(Service... services) {
		this.resolver.reply("SRV " + SERVICE, new Reply.Answer(List.of(services), List.of(), 60, 0));
	}

	private void addresses(String... names) {
		for (int i = 0; i < names.length; i++) {
			this.resolver.addresses("A " + names[i], 60, "10.0.1." + i);
		}
	}

	private static Service service(int priority, int weight, int port, String target) {
		return new Service(SERVICE, 60, priority, weight, port, target);
	}

	private Map<String, Double> weights() {
		return find().members()
			.stream()
			.collect(Collectors.toMap((member) -> member.metadata().getOrDefault("dns.name", ""), Member::weight));
	}

	private Found find() {
		return (Found) lookUp();
	}

	private LookupResult lookUp() {
		List<LookupResult> results = new ArrayList<>();
		this.lookup.start(results::add);
		assertThat(results).hasSize(1);
		return results.get(0);
	}

}
