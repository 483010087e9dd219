package io.scalesrpc.simulation;

import java.util.random.RandomGenerator;

/**
 * How long a worker of a healthy server is busy with a call. <em>Immutable</em>.
 */
@FunctionalInterface
interface ServiceTime {

	/** Nanoseconds in a millisecond. */
	double MILLI = 1_000_000;

	/** A time in nanoseconds. */
	double nanos(RandomGenerator random);

	static ServiceTime constant(double millis) {
		return (random) -> millis * MILLI;
	}

	static ServiceTime exponential(double meanMillis) {
		return (random) -> -Math.log(1 - random.nextDouble()) * meanMillis * MILLI;
	}

	/** Most near the median, a few far above it: what services look like. */
	static ServiceTime lognormal(double medianMillis, double sigma) {
		return (random) -> Math.exp(gaussian(random) * sigma) * medianMillis * MILLI;
	}

	/** Box and Muller: the generators' own method differs between Java versions. */
	private static double gaussian(RandomGenerator random) {
		double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
		return radius * Math.cos(2 * Math.PI * random.nextDouble());
	}

}
