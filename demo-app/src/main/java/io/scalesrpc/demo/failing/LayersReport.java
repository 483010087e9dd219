package io.scalesrpc.demo.failing;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientResources;
import org.apache.thrift.TException;

/**
 * What calls of users have become in three layers of services of which the last fails.
 * <em>Immutable</em>.
 *
 * @param calls calls of users
 * @param requests requests that came to each layer, the first first
 * @param error what the last user was told
 */
record LayersReport(int calls, List<Long> requests, String error) {

	private static final int LAYERS = 3;

	/**
	 * Starts the services, calls the first and stops them.
	 * @param manners how they retry
	 * @param calls how many calls
	 */
	static LayersReport of(Manners manners, int calls) throws TException {
		List<Layer> layers = new ArrayList<>();
		try (ClientResources resources = ClientResources.create()) {
			for (int number = LAYERS; number > 0; number--) {
				layers.add(0, new Layer(number, layers.isEmpty() ? null : layers.get(0), manners, resources));
			}
			String error = "";
			for (int i = 0; i < calls; i++) {
				error = error(layers.get(0));
			}
			return new LayersReport(calls, layers.stream().map(Layer::requests).toList(), error);
		}
		finally {
			layers.forEach(Layer::close);
		}
	}

	private static String error(Layer first) throws TException {
		try {
			return first.call("anvil").toString();
		}
		catch (ScalesException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
