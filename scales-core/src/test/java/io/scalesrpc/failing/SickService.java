package io.scalesrpc.failing;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ClientResources;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;

/**
 * A service that fails every call while it is sick. <em>Thread-safe</em>.
 */
public final class SickService implements AutoCloseable {

	private final ClientResources resources = ClientResources.create();

	private final Layer layer;

	private final Caller caller;

	private volatile boolean sick;

	/**
	 * Starts a service that is well.
	 * @param manners how its client retries
	 */
	public SickService(Manners manners) {
		this.layer = new Layer("sick", this::work, manners, this.resources);
		this.caller = this.layer.proxy(Caller.class);
	}

	private int work() throws TException {
		if (this.sick) {
			throw new TApplicationException(TApplicationException.INTERNAL_ERROR, "the service is sick");
		}
		return 1;
	}

	/** Makes it sick, or heals it. */
	public void sick(boolean newSick) {
		this.sick = newSick;
	}

	/** Calls it. */
	public CompletableFuture<Integer> call() {
		return this.caller.whoamiAsync();
	}

	/** How many requests came in. */
	public long requests() {
		return this.layer.requests();
	}

	@Override
	public void close() {
		this.layer.close();
		this.resources.close();
	}

	/** The part of the service that is called. */
	interface Caller {

		CompletableFuture<Integer> whoamiAsync();

	}

}
