package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.LookupResult.Failed;
import io.scalesrpc.discovery.dns.LookupResult.Found;
import io.scalesrpc.discovery.dns.LookupResult.Gone;
import io.scalesrpc.discovery.dns.query.FakeResolver;
import io.scalesrpc.discovery.dns.query.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AddressLookupTests {

	private final FakeResolver resolver = new FakeResolver();

	private final AddressLookup lookup = lookup("prices", "prices.");

	@Test
	void everyAddressOfBothKindsIsAMember() {
		this.resolver.addresses("A prices.", 60, "10.0.0.1", "10.0.0.2");
		this.resolver.addresses("AAAA prices.", 20, "fd00:0:0:0:0:0:0:1");
		Found found = find();
		assertThat(found.members())
			.containsExactlyInAnyOrderElementsOf(Members.at(9090, "10.0.0.1", "10.0.0.2", "fd00:0:0:0:0:0:0:1"));
		assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(20));
		assertThat(found.problem()).isNull();
	}

	@Test
	void anAddressThatIsToldTwiceIsOneMember() {
		this.resolver.addresses("A prices.", 60, "10.0.0.1", "10.0.0.1");
		assertThat(find().members()).hasSize(1);
	}

	@Test
	void silenceAboutOneKindKeepsItsAddresses() {
		this.resolver.addresses("A prices.", 60, "10.0.0.1");
		this.resolver.addresses("AAAA prices.", 60, "fd00:0:0:0:0:0:0:1");
		find();
		for (int round = 0; round < 3; round++) {
			this.resolver.addresses("A prices.", 60, "10.0.0.2");
			this.resolver.silence("AAAA prices.");
			Found found = find();
			assertThat(found.members())
				.containsExactlyInAnyOrderElementsOf(Members.at(9090, "10.0.0.2", "fd00:0:0:0:0:0:0:1"));
			assertThat(found.problem()).isEqualTo("AAAA prices.: no answer");
		}
		this.resolver.addresses("AAAA prices.", 60, "fd00:0:0:0:0:0:0:2");
		assertThat(find().members()).contains(Members.at(9090, "fd00:0:0:0:0:0:0:2").get(0)).hasSize(2);
	}

	@Test
	void aKindThatIsGoneTakesItsAddressesAway() {
		this.resolver.addresses("A prices.", 60, "10.0.0.1");
		this.resolver.addresses("AAAA prices.", 60, "fd00:0:0:0:0:0:0:1");
		find();
		this.resolver.reply("AAAA prices.", new Reply.Absent("no record"));
		assertThat(find().members()).isEqualTo(Members.at(9090, "10.0.0.1"));
	}

	@Test
	void silenceAboutBothKindsIsAFailureThatSaysWhy() {
		this.resolver.silence("A prices.");
		this.resolver.silence("AAAA prices.");
		assertThat(((Failed) lookUp(this.lookup)).reason()).contains("no answer");
	}

	@Test
	void noRecordAtAllIsAFailure() {
		assertThat(((Gone) lookUp(this.lookup)).reason()).contains("no such name");
	}

	@Test
	void absenceOfOneKindAndSilenceAboutTheOtherIsAFailure() {
		this.resolver.silence("AAAA prices.");
		assertThat(lookUp(this.lookup)).isEqualTo(new Failed("AAAA prices.: no answer"));
	}

	@Test
	void theNextNameIsTriedWhenOneIsAbsentForBothKinds() {
		this.resolver.addresses("A prices.b.", 60, "10.0.0.1");
		assertThat(lookUp(lookup("prices", "prices.a.", "prices.b.", "prices."))).isInstanceOf(Found.class);
		assertThat(this.resolver.asked).containsExactly("A prices.a.", "AAAA prices.a.", "A prices.b.",
				"AAAA prices.b.");
	}

	@Test
	void aNameThatMayExistKeepsTheNextFromBeingTried() {
		this.resolver.silence("A prices.a.");
		this.resolver.addresses("A prices.b.", 60, "10.0.0.66");
		assertThat(lookUp(lookup("prices", "prices.a.", "prices.b."))).isInstanceOf(Failed.class);
	}

	/**
	 * As glibc does it; a domain of the list whose name server is broken hides no name.
	 */
	@Test
	void aNameOfWhichServersCannotTellDoesNotKeepTheNextFromBeingTried() {
		this.resolver.refusal("A prices.a.");
		this.resolver.refusal("AAAA prices.a.");
		this.resolver.addresses("A prices.b.", 60, "10.0.0.1");
		assertThat(lookUp(lookup("prices", "prices.a.", "prices.b."))).isInstanceOf(Found.class);
		assertThat(lookUp(lookup("prices", "prices.a.", "prices.c."))).as("no name server says that there is none")
			.isInstanceOf(Failed.class);
	}

	@Test
	void aNameThatHadAddressesIsNotPassedOverWhenServersCannotTell() {
		this.resolver.addresses("A prices.a.", 60, "10.0.0.1");
		this.resolver.addresses("A prices.b.", 60, "10.0.0.66");
		AddressLookup known = lookup("prices", "prices.a.", "prices.b.");
		assertThat(lookUp(known)).isInstanceOf(Found.class);
		this.resolver.refusal("A prices.a.");
		this.resolver.refusal("AAAA prices.a.");
		assertThat(lookUp(known)).isInstanceOf(Failed.class);
	}

	@Test
	void anAddressIsAskedOfNobody() {
		assertThat(((Found) lookUp(lookup("10.0.0.7", "10.0.0.7."))).members())
			.containsExactly(Member.of("10.0.0.7", 9090));
		assertThat(((Found) lookUp(lookup("::1", "::1."))).members()).containsExactly(Member.of("::1", 9090));
		assertThat(this.resolver.asked).isEmpty();
	}

	@Test
	void theHostsFileGoesFirst() {
		assertThat(fromHostsFile("10.0.0.9", "fd00::1")).isEqualTo(Members.at(9090, "10.0.0.9", "fd00::1"));
		assertThat(this.resolver.asked).isEmpty();
	}

	/** Whoever connects tries both addresses. */
	@Test
	void bothLoopbackAddressesAreOneServer() {
		this.resolver.addressTypes = List.of(DnsRecordType.A);
		assertThat(fromHostsFile("127.0.0.1", "0:0:0:0:0:0:0:1")).containsExactly(Member.of("prices", 9090));
		assertThat(fromHostsFile("127.0.0.1", "127.0.0.2")).hasSize(2);
	}

	@Test
	void addressesOfAKindThatThisMachineCannotUseAreLeftOutWhereThereAreOthers() {
		this.resolver.addressTypes = List.of(DnsRecordType.A);
		assertThat(fromHostsFile("10.0.0.9", "::1")).isEqualTo(Members.at(9090, "10.0.0.9"));
		assertThat(fromHostsFile("::1")).isEqualTo(Members.at(9090, "::1"));
	}

	private List<Member> fromHostsFile(String... addresses) {
		AddressLookup known = new AddressLookup(new DnsTarget(List.of(), "prices", 9090), () -> List.of("prices."),
				(name) -> List.of(addresses), this.resolver);
		return ((Found) lookUp(known)).members();
	}

	private AddressLookup lookup(String name, String... candidates) {
		return new AddressLookup(new DnsTarget(List.of(), name, 9090), () -> List.of(candidates), (any) -> List.of(),
				this.resolver);
	}

	private Found find() {
		return (Found) lookUp(this.lookup);
	}

	private static LookupResult lookUp(AddressLookup lookup) {
		List<LookupResult> results = new ArrayList<>();
		lookup.start(results::add);
		assertThat(results).hasSize(1);
		return results.get(0);
	}

}
