package io.scalesrpc.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.retry.RetryBudgetSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a client remembers above its balancer when its stack is made anew.
 * <em>Thread-safe</em> for whoever looks; made anew by one thread at a time.
 */
final class LiveParts {

	private final KeptStages stages = new KeptStages();

	private final AtomicInteger limited = new AtomicInteger();

	private @Nullable RetryBudgetSettings budgetSettings;

	private volatile @Nullable RetryBudget budget;

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

}
