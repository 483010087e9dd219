package io.scalesrpc.failing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientResources;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;

/**
 * Services on top of each other, each calling the next, of which the last fails every
 * call. <em>Thread-safe</em>.
 */
public final class Layers implements AutoCloseable {

	private final ClientResources resources = ClientResources.create();

	/** The last first. */
	private final List<Layer> layers = new ArrayList<>();

	/**
	 * Starts services.
	 * @param count how many, 1 or more
	 * @param manners how all their clients retry
	 */
	public Layers(int count, Manners manners) {
		Layer layer = new Layer("layer-" + count, Layers::fail, manners, this.resources);
		this.layers.add(layer);
		for (int number = count - 1; number > 0; number--) {
			layer = Layer.above(layer, "layer-" + number, manners, this.resources);
			this.layers.add(layer);
		}
	}

	private static int fail() throws TException {
		throw new TApplicationException(TApplicationException.INTERNAL_ERROR, "the last layer fails");
	}

	/**
	 * Calls the first service, as its user does.
	 * @return the failure
	 */
	public ScalesException call() {
		try {
			throw new IllegalStateException("answer: " + this.layers.get(this.layers.size() - 1).call());
		}
		catch (ScalesException ex) {
			return ex;
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Calls the first service often, as many users do.
	 * @param users how many call at the same time
	 * @param calls how often each calls
	 */
	public void call(int users, int calls) {
		ExecutorService threads = Executors.newFixedThreadPool(users);
		List<Future<?>> ends = new ArrayList<>();
		for (int user = 0; user < users; user++) {
			ends.add(threads.submit(() -> {
				for (int i = 0; i < calls; i++) {
					call();
				}
			}));
		}
		threads.shutdown();
		for (Future<?> end : ends) {
			try {
				end.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * The requests that came to the services.
	 * @return those of the first service first
	 */
	public List<Long> requests() {
		List<Long> requests = new ArrayList<>();
		this.layers.forEach((layer) -> requests.add(0, layer.requests()));
		return requests;
	}

	@Override
	public void close() {
		for (int i = this.layers.size() - 1; i >= 0; i--) {
			this.layers.get(i).close();
		}
		this.resources.close();
	}

}
