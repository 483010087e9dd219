package io.scalesrpc.spring.discovery;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * One answer of a registry as members. An instance that cannot be read is left out alone.
 * <em>Immutable</em>.
 *
 * @param members by address, without duplicates
 * @param bad why instances were left out
 */
record Instances(List<Member> members, List<String> bad) {

	/** The entry that holds the weight. */
	static final String WEIGHT = "weight";

	/** Answers in another order choose the same one. */
	private static final Comparator<Member> SAME_ADDRESS = Comparator.comparingDouble(Member::weight)
		.thenComparing((member) -> new TreeMap<>(member.metadata()).toString());

	/**
	 * Reads an answer.
	 * @param answer what the registry knows
	 * @param portKey the entry of the metadata that holds the port, or empty for the
	 * instance's own
	 */
	static Instances read(Collection<? extends ServiceInstance> answer, String portKey) {
		Map<String, Member> members = new TreeMap<>();
		List<String> bad = answer.stream()
			.map((instance) -> add(instance, portKey, members))
			.filter((problem) -> !problem.isEmpty())
			.sorted()
			.toList();
		return new Instances(List.copyOf(members.values()), bad);
	}

	private static String add(ServiceInstance instance, String portKey, Map<String, Member> members) {
		try {
			Map<String, String> metadata = (instance.getMetadata() != null) ? instance.getMetadata() : Map.of();
			double weight = weight(metadata.get(WEIGHT));
			if (weight > 0) {
				Member member = new Member(host(instance.getHost()), port(instance, portKey, metadata), weight,
						Metadata.bounded(metadata));
				members.merge(member.address(), member, BinaryOperator.maxBy(SAME_ADDRESS));
			}
			return "";
		}
		catch (RuntimeException ex) {
			return instance.getInstanceId() + ": " + ex.getMessage();
		}
	}

	private static String host(@Nullable String host) {
		if (host == null || host.isBlank()) {
			throw new IllegalArgumentException("host: none (expected: a name or an address)");
		}
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	private static int port(ServiceInstance instance, String portKey, Map<String, String> metadata) {
		if (portKey.isEmpty()) {
			return instance.getPort();
		}
		String port = metadata.get(portKey);
		if (port == null || !port.matches("\\d{1,5}")) {
			throw new IllegalArgumentException(portKey + ": " + port + " (expected: a port in the metadata)");
		}
		return Integer.parseInt(port);
	}

	/**
	 * A weight of zero takes an instance out. One that is no number may mean anything to
	 * whoever wrote it, but not that the server is bad.
	 */
	private static double weight(@Nullable String text) {
		try {
			double weight = (text != null) ? Double.parseDouble(text) : 1;
			return (weight >= 0 && weight < Double.POSITIVE_INFINITY) ? weight : 1;
		}
		catch (NumberFormatException ex) {
			return 1;
		}
	}

}
