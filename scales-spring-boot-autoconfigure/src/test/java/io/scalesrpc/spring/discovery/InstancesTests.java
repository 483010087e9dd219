package io.scalesrpc.spring.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.scalesrpc.discovery.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;

class InstancesTests {

	private static Instances read(ServiceInstance... instances) {
		return Instances.read(List.of(instances), "");
	}

	@Test
	void hostPortWeightAndMetadataAreRead() {
		Map<String, String> metadata = Map.of("weight", "2.5", "zone", "a");
		assertThat(read(FakeRegistry.instance("b", 2, metadata), FakeRegistry.instance("[::1]", 1, Map.of())).members())
			.containsExactly(Member.of("::1", 1), new Member("b", 2, 2.5, metadata));
	}

	@ParameterizedTest
	@CsvSource({ "heavy, 1", "-1, 1", "NaN, 1", "Infinity, 1", "0.5, 0.5" })
	void aWeightThatIsNoneIsNormal(String weight, double read) {
		assertThat(read(FakeRegistry.instance("a", 1, Map.of("weight", weight))).members()).singleElement()
			.extracting(Member::weight)
			.isEqualTo(read);
	}

	@Test
	void aWeightOfZeroTakesAnInstanceOut() {
		Instances found = read(FakeRegistry.instance("a", 1, Map.of("weight", "0")), FakeRegistry.instance("b"));
		assertThat(found.members()).containsExactly(Member.of("b", 9090));
		assertThat(found.bad()).isEmpty();
	}

	@Test
	void anInstanceThatCannotBeReadIsLeftOutAlone() {
		Instances found = read(FakeRegistry.instance("a", 0, Map.of()), FakeRegistry.instance(" ", 1, Map.of()),
				FakeRegistry.instance(null, 2, Map.of()), FakeRegistry.instance("b"));
		assertThat(found.members()).containsExactly(Member.of("b", 9090));
		assertThat(found.bad()).containsExactly(" -1: host: none (expected: a name or an address)",
				"a-0: port: 0 (expected: 1..65535)", "null-2: host: none (expected: a name or an address)");
	}

	@Test
	void theOrderOfAnAnswerMeansNothing() {
		ServiceInstance light = FakeRegistry.instance("a", 1, Map.of("zone", "x"));
		ServiceInstance heavy = FakeRegistry.instance("a", 1, Map.of("weight", "3"));
		ServiceInstance other = FakeRegistry.instance("b");
		assertThat(read(light, heavy, other)).isEqualTo(read(other, heavy, light));
		assertThat(read(light, heavy).members()).singleElement().extracting(Member::weight).isEqualTo(3.0);
	}

	@Test
	void thePortMayStandInTheMetadata() {
		List<ServiceInstance> answer = List.of(FakeRegistry.instance("a", 8080, Map.of("thrift", "9090")),
				FakeRegistry.instance("b", 8080, Map.of("thrift", "x")), FakeRegistry.instance("c", 8080, Map.of()));
		Instances found = Instances.read(answer, "thrift");
		assertThat(found.members()).extracting(Member::address).containsExactly("a:9090");
		assertThat(found.bad()).containsExactly("b-8080: thrift: x (expected: a port in the metadata)",
				"c-8080: thrift: null (expected: a port in the metadata)");
	}

	@Test
	void metadataIsBoundedAndHoldsNoSecret() {
		Map<String, String> metadata = new HashMap<>();
		IntStream.range(0, 100).forEach((i) -> metadata.put("key" + i, "v".repeat(1000)));
		metadata.put("a".repeat(1000), "x");
		metadata.put("user.password", "x");
		metadata.put("api-TOKEN", "x");
		metadata.put("aaa", null);
		metadata.put("line", "a\nb");
		Map<String, String> kept = Metadata.bounded(metadata);
		assertThat(kept).hasSize(Metadata.MAX_ENTRIES).doesNotContainKeys("user.password", "api-TOKEN", "aaa");
		assertThat(kept.values()).allMatch((value) -> value.length() <= Metadata.MAX_LENGTH);
		assertThat(Metadata.bounded(Map.of("line", "a\nb"))).containsEntry("line", "a?b");
	}

}
