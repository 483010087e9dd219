package io.scalesrpc.client;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.client.assembly.BalancedDestination;
import io.scalesrpc.protocol.Protocol;

/**
 * Changes the settings of a client that lives: breakers and balancers take theirs over,
 * the stages are made anew but for those whose settings stay, and one reference that
 * calls read becomes another. Members, connections and calls in flight are not touched.
 * <em>Thread-safe</em>.
 */
final class SettingChanges {

	private final ReentrantLock lock = new ReentrantLock();

	private final Protocol protocol;

	private final ClientAssembly.Known known;

	private final LiveSettings settings;

	private final List<BalancedDestination> balancers;

	private final CircuitBreakers breakers;

	private final Consumer<StackSettings> stages;

	private final ClientAssembly first;

	SettingChanges(ClientAssembly first, Protocol protocol, ClientAssembly.Known known, LiveSettings settings,
			List<BalancedDestination> balancers, CircuitBreakers breakers, Consumer<StackSettings> stages) {
		this.first = first;
		this.protocol = protocol;
		this.known = known;
		this.settings = settings;
		this.balancers = balancers;
		this.breakers = breakers;
		this.stages = stages;
	}

	List<BalancedDestination> balancers() {
		return this.balancers;
	}

	/**
	 * Checks settings.
	 * @return has them take effect; fails no more, unless the application's own changes
	 * of the stack do
	 */
	Runnable prepare(ClientAssembly wanted) {
		ClientAssembly next = this.first.with(wanted, this.protocol, this.known);
		ClientSettings made = next.settings(this.protocol, this.settings.now().pool() != null);
		this.settings.requireFit(made);
		return () -> become(next, made);
	}

	private void become(ClientAssembly next, ClientSettings made) {
		this.lock.lock();
		try {
			// First, since the application's own changes of the stack may fail.
			this.stages.accept(next.stackSettings());
			this.breakers.become(made.options(), made.methodOptions());
			this.balancers.forEach((balanced) -> {
				balanced.breakers().become(made.memberBreaker());
				balanced.balancer().become(made.balancer());
			});
			this.settings.become(made);
			next.warnOfChaos();
		}
		finally {
			this.lock.unlock();
		}
	}

}
