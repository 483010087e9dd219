package io.scalesrpc.balancer.picker;

import java.util.Arrays;
import java.util.List;

import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.discovery.Member;

/**
 * Where keys belong among members: consistent hashing (Karger and others, 1997), laid out
 * as Ketama does. Each member has points on a ring, by its weight; a key belongs to the
 * owner of the first point that is not before it. When a member comes or goes, only the
 * keys of its own points move, and rings of the same members agree in every process.
 * <em>Immutable</em>.
 */
final class HashRing {

	/**
	 * How many points a member of weight 1 has among such: shares differ by a sixteenth
	 * or so. A power of two, as are all others that take its place.
	 */
	private static final int POINTS = 256;

	private static final int MAX_POINTS = 1 << 18;

	/** The low bits of a point are the index of its owner. */
	private static final int OWNER_BITS = 20;

	private static final long OWNER = (1L << OWNER_BITS) - 1;

	/** The fraction of the golden ratio: what it is added to is spread evenly. */
	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private final long[] points;

	private HashRing(long[] points) {
		this.points = points;
	}

	/**
	 * Lays members out; a key belongs to one of them by its index here.
	 * @param members at most a million
	 */
	static HashRing of(List<Member> members) {
		// What the numbers of points depend on changes seldom, and by factors of two:
		// otherwise a member that comes or goes would move the keys of all others.
		double unit = powerOfTwo(members.stream().mapToDouble(Member::weight).max().orElse(1));
		int most = Math.max(1, Math.min(POINTS, Integer.highestOneBit(MAX_POINTS / Math.max(1, members.size()))));
		int[] counts = members.stream()
			.mapToInt((member) -> (int) Math.max(1, Math.round(most * member.weight() / unit)))
			.toArray();
		long[] points = new long[Arrays.stream(counts).sum()];
		int size = 0;
		for (int owner = 0; owner < counts.length; owner++) {
			long seed = RoutingHash.ofText(members.get(owner).address());
			for (long i = 1; i <= counts[owner]; i++) {
				points[size++] = RoutingHash.mix(seed + i * GOLDEN) & ~OWNER | owner;
			}
		}
		Arrays.sort(points);
		return new HashRing(points);
	}

	/** The least that is not below a value. */
	private static double powerOfTwo(double value) {
		double power = Math.scalb(1.0, Math.getExponent(value));
		return (power < value) ? 2 * power : power;
	}

	/** Another place of the same key, for when its owner cannot have it. */
	static long next(long hash) {
		return RoutingHash.mix(hash + GOLDEN);
	}

	/** The index of the member that owns a place; the ring must not be empty. */
	int owner(long hash) {
		int found = Arrays.binarySearch(this.points, hash & ~OWNER);
		int index = (found >= 0) ? found : -found - 1;
		return (int) (this.points[(index < this.points.length) ? index : 0] & OWNER);
	}

}
