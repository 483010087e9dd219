package io.scalesrpc.discovery.zookeeper;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.scalesrpc.discovery.Member;

/**
 * Weights that stand beside the members of a server set, as Finagle reads them:
 * {@code {"vector":[{"select":"member=member_7","weight":2.0,"priority":1}]}}. Selected
 * are nodes by name ({@code member=}), addresses ({@code inet=host:port}) and shards
 * ({@code shard=}); anything else selects nobody. All weights of a member are multiplied;
 * priorities mean nothing. <em>Immutable</em>.
 *
 * @param factors the weight of each selection
 */
record WeightVector(Map<String, Double> factors) {

	/** Products of many weights stay usable. */
	private static final double MAX_WEIGHT = 1e9;

	private static final String SELECT = ".select";

	/**
	 * Reads a vector.
	 * @param data what its node holds
	 * @return the vector
	 * @throws RuntimeException if it is no JSON object, or a weight is not right
	 */
	static WeightVector parse(byte[] data) {
		JsonTexts node = JsonTexts.parse(data);
		if (node.find("vector") != null) {
			throw new IllegalArgumentException("vector: no list (expected: [{\"select\": ..., \"weight\": ...}])");
		}
		Map<String, Double> factors = new HashMap<>();
		node.values().forEach((name, value) -> {
			if (name.startsWith("vector.") && name.endsWith(SELECT)) {
				String start = name.substring(0, name.length() - SELECT.length());
				factors.merge(value, node.weight(start + ".weight"), WeightVector::product);
			}
		});
		return new WeightVector(Map.copyOf(factors));
	}

	/**
	 * All weights of several vectors at once.
	 * @param vectors in any order
	 * @return a vector that weighs as they do together
	 */
	static WeightVector product(Collection<WeightVector> vectors) {
		Map<String, Double> factors = new HashMap<>();
		vectors.forEach(
				(vector) -> vector.factors.forEach((key, value) -> factors.merge(key, value, WeightVector::product)));
		return new WeightVector(factors);
	}

	/**
	 * What a member weighs.
	 * @param node the name of its node
	 * @param member the member
	 * @return its own weight times every weight that selects it; zero or more
	 */
	double weigh(String node, Member member) {
		double weight = product(member.weight(), factor("member=" + node));
		weight = product(weight, factor("inet=" + member.address()));
		return product(weight, factor("shard=" + member.metadata().get("shard")));
	}

	private double factor(String selection) {
		return this.factors.getOrDefault(selection, 1.0);
	}

	private static double product(double one, double other) {
		return Math.min(one * other, MAX_WEIGHT);
	}

}
