package io.scalesrpc.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.scalesrpc.call.CallFilter;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.timeout.RunningCalls;
import org.jspecify.annotations.Nullable;

/**
 * What a client remembers above its balancer when its stack is made anew.
 * <em>Thread-safe</em> for whoever looks; made anew by one thread at a time.
 */
final class LiveParts {

	private final RunningCalls running;

	private final KeptStages stages = new KeptStages();

	private final AtomicInteger limited = new AtomicInteger();

	private @Nullable RetryBudgetSettings budgetSettings;

	private volatile @Nullable RetryBudget budget;

	LiveParts(RunningCalls running) {
		this.running = running;
	}

	/** The calls of the client. */
	RunningCalls running() {
		return this.running;
	}

	KeptStages stages() {
		return this.stages;
	}

	/** How many calls the concurrency limit has let in. */
	AtomicInteger limited() {
		return this.limited;
	}

	/** The budget: what it has saved stays as long as its settings do. */
	RetryBudget budget(RetryBudgetSettings settings, Supplier<RetryBudget> maker) {
		RetryBudget known = this.budget;
		if (known == null || !settings.equals(this.budgetSettings)) {
			known = maker.get();
			this.budget = known;
			this.budgetSettings = settings;
		}
		return known;
	}

	/** How many retries there could be; {@code null} where there are none. */
	@Nullable Double retryBudget() {
		RetryBudget known = this.budget;
		return (known != null) ? known.balance() : null;
	}

	/**
	 * The stages of a client that remember something: one whose settings stay stays
	 * itself when the stack is made anew. <em>Confined to whoever makes the stack, one at
	 * a time.</em>
	 */
	static final class KeptStages {

		private final Map<Role, Kept> all = new HashMap<>();

		/**
		 * The stage of a role.
		 * @param settings what it was made of, or would be now
		 * @param maker makes it anew
		 */
		CallFilter of(Role role, Object settings, Supplier<CallFilter> maker) {
			Kept known = this.all.get(role);
			if (known == null || !known.settings.equals(settings)) {
				known = new Kept(settings, maker.get());
				this.all.put(role, known);
			}
			return known.stage;
		}

		/** Forgets a stage that is no longer in the stack; whether there was one. */
		boolean forget(Role role) {
			@Nullable Kept known = this.all.remove(role);
			return known != null;
		}

		/**
		 * A stage and what it was made of. <em>Immutable</em>.
		 *
		 * @param settings what it was made of
		 * @param stage the stage
		 */
		private record Kept(Object settings, CallFilter stage) {
		}

	}

}
