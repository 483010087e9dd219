package io.scalesrpc.observation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.metrics.MeterInfo;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RpcObservationKeysTests {

	/** Lines of the published list: a metric's or a span's. */
	private static List<String[]> published(String what, String name) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(RpcObservationKeysTests.class.getResourceAsStream("/semconv/rpc-1.45.txt")),
				StandardCharsets.UTF_8))) {
			return lines.lines()
				.map((line) -> line.split(" *\\| *"))
				.filter((fields) -> fields.length == 5 && fields[0].equals(what) && fields[1].equals(name))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> attributes(String what, String name, String level) {
		return published(what, name).stream()
			.filter((fields) -> fields[4].startsWith(level))
			.map((fields) -> fields[3])
			.toList();
	}

	@Test
	void everyKeyIsPublishedOrHasOurPrefix() {
		List<String> known = Stream.of("client", "server")
			.flatMap((kind) -> attributes("span", kind, "").stream())
			.toList();
		assertThat(Arrays.stream(RpcObservationKeys.values()).map(RpcObservationKeys::asString))
			.filteredOn((key) -> !key.startsWith("scales."))
			.isNotEmpty()
			.allSatisfy((key) -> assertThat(known).contains(key));
	}

	@ParameterizedTest
	@ValueSource(strings = { "thriftmux", "thrift", "http" })
	void spansHaveWhatIsPublished(String protocol) {
		Call call = Calls.call();
		call.target("10.0.0.7:9090");
		ScalesClientObservationContext client = new ScalesClientObservationContext(call, "calculator", protocol, 0);
		call.end(Failure.of(FailureKind.TIMEOUT, "late"));
		client.setResponse(call.outcome());
		assertPublished("client", protocol, new DefaultScalesClientObservationConvention(), client);
		ScalesServerObservationContext server = new ScalesServerObservationContext(Context.empty(),
				(contexts, key) -> null, protocol, "com.acme.Calculator/add", "shop",
				new InetSocketAddress("10.0.0.8", 4711));
		server.setError(new IllegalStateException("overloaded"));
		assertPublished("server", protocol, new DefaultScalesServerObservationConvention(), server);
	}

	private static <C extends Observation.Context> void assertPublished(String kind, String protocol,
			ObservationConvention<C> convention, C context) {
		KeyValues low = convention.getLowCardinalityKeyValues(context);
		KeyValues all = low.and(convention.getHighCardinalityKeyValues(context));
		assertThat(all).extracting(KeyValue::getKey)
			.filteredOn((key) -> !key.startsWith("scales."))
			.isSubsetOf(attributes("span", kind, ""))
			.containsAll(attributes("span", kind, "required"))
			.contains("rpc.method", "rpc.status_code", "error.type",
					kind.equals("client") ? "server.address" : "network.peer.address");
		assertThat(low).contains(KeyValue.of("rpc.system.name", protocol));
		assertThat(low).filteredOn((key) -> key.getKey().equals("rpc.method"))
			.allSatisfy((key) -> assertThat(key.getValue()).matches("[\\w.$]+/\\w+"));
	}

	/** A client has many servers, so it has no address: those of members are in spans. */
	@ParameterizedTest
	@ValueSource(strings = { MeterNames.RPC_CLIENT_CALL_DURATION, MeterNames.RPC_SERVER_CALL_DURATION })
	void theTimersHaveThePublishedKeysAndUnit(String name) {
		MeterInfo info = MeterInfo.of(name);
		assertThat(published("metric", name)).isNotEmpty()
			.allSatisfy((fields) -> assertThat(fields[2] + "econds").isEqualTo(info.unit()));
		assertThat(info.tags()).filteredOn((key) -> !key.startsWith("scales."))
			.isSubsetOf(attributes("metric", name, ""))
			.containsAll(attributes("metric", name, "required"))
			.contains("rpc.method", "error.type", "rpc.status_code");
	}

	@Test
	void aMemberIsHostAndPort() {
		assertThat(RpcKeys.ofServer("[::1]:9090")).extracting((key) -> key.getKey() + "=" + key.getValue())
			.containsExactly("server.address=::1", "server.port=9090");
		assertThat(RpcKeys.ofServer("topic events")).isEmpty();
		assertThat(RpcKeys.ofServer("chaos:on")).isEmpty();
	}

}
