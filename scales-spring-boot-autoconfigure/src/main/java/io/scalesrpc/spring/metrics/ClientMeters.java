package io.scalesrpc.spring.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Where all clients count. It passes everything on to the application's registry, if
 * there is one; a client that is needed to make that registry counts there as soon as it
 * is made. <em>Thread-safe</em>.
 */
public final class ClientMeters implements SmartInitializingSingleton {

	private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

	private final AtomicBoolean joined = new AtomicBoolean();

	private final ObjectProvider<MeterRegistry> registries;

	ClientMeters(ObjectProvider<MeterRegistry> registries) {
		this.registries = registries;
	}

	/**
	 * The registry for a client that is about to be made.
	 * @return always the same
	 */
	public MeterRegistry registry() {
		try {
			join();
		}
		catch (BeanCurrentlyInCreationException ex) {
			// A part of the application's registry needs this client: later, then.
			this.joined.set(false);
		}
		return this.meters;
	}

	@Override
	public void afterSingletonsInstantiated() {
		join();
	}

	private void join() {
		if (this.joined.compareAndSet(false, true)) {
			this.registries.ifUnique(this.meters::add);
		}
	}

	/**
	 * Takes the meters of clients from the application's registry, and lets go of it: it
	 * may go on without them, in a context above or beside this one.
	 */
	public void close() {
		List.copyOf(this.meters.getMeters()).forEach(this.meters::remove);
		Set.copyOf(this.meters.getRegistries()).forEach(this.meters::remove);
		this.meters.close();
	}

}
