package io.scalesrpc.finagle.failing;

import java.util.List;
import java.util.Locale;

import io.scalesrpc.failing.Layers;
import io.scalesrpc.failing.Manners;

/**
 * Three layers of services, four tries each, of which the last fails every call: how many
 * requests each gets for a call of the user. <em>Confined to the thread that runs
 * it</em>.
 */
final class Amplification {

	private final Table table = new Table("amplification: 3 layers, " + Manners.TRIES + " tries each", "manners",
			"calls of the user", "requests to layer 1", "layer 2", "layer 3", "layer 3 for a call");

	void run(Manners manners, int calls) {
		try (Layers layers = new Layers(3, manners)) {
			for (int i = 0; i < calls; i++) {
				layers.call();
			}
			List<Long> requests = layers.requests();
			this.table.row(manners.name().toLowerCase(Locale.ROOT), calls, requests.get(0), requests.get(1),
					requests.get(2), requests.get(2) / (double) calls);
		}
	}

}
