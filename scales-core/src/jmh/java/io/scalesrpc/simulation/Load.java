package io.scalesrpc.simulation;

import java.util.random.RandomGenerator;

/**
 * When a client calls. <em>Immutable</em>.
 */
@FunctionalInterface
interface Load {

	/** Makes a client call, from now until it is stopped. */
	void begin(SimulatedClient client, VirtualTime time, RandomGenerator random);

	/** Calls come by chance, whether or not those before have ended (Poisson). */
	static Load open(double perSecond) {
		return new Load() {

			@Override
			public void begin(SimulatedClient client, VirtualTime time, RandomGenerator random) {
				double gap = -Math.log(1 - random.nextDouble()) / perSecond;
				time.after((long) (gap * 1e9), () -> {
					if (client.call(() -> {
					})) {
						begin(client, time, random);
					}
				});
			}

		};
	}

	/** So many callers, each of which calls again as soon as it has its answer. */
	static Load closed(int callers) {
		return (client, time, random) -> {
			for (int i = 0; i < callers; i++) {
				time.after(i, new Runnable() {

					@Override
					public void run() {
						client.call(() -> time.after(1000, this));
					}

				});
			}
		};
	}

}
