package io.scalesrpc.benchmark.observed;

import io.scalesrpc.benchmark.Observers;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.benchmark.scales.ThriftClients;
import io.scalesrpc.observation.ObservationSettings;

/**
 * The default client of Scales with an observation registry. <em>Stateless</em>.
 */
public final class ObservedClients {

	private ObservedClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, ObservedClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		Observers observers = switch (name) {
			case "scales-timed" -> Observers.TIMER;
			case "scales-traced-unsampled" -> Observers.TRACED_UNSAMPLED;
			case "scales-traced" -> Observers.TRACED;
			default -> throw Client.unknown(name);
		};
		return ThriftClients.async(port, ObservationSettings.of(observers.registry()));
	}

}
