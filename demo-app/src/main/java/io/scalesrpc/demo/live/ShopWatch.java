package io.scalesrpc.demo.live;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.ShopClient;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks once a second whether the shop is there, as a neighbour would that knows its name
 * only: Spring Cloud says where it is. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class ShopWatch implements SmartLifecycle {

	private final ShopClient shops;

	private final boolean isWanted;

	private volatile @Nullable ScheduledExecutorService clock;

	ShopWatch(ShopClient shops, LiveProperties properties) {
		this.shops = shops;
		this.isWanted = properties.rate() > 0;
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor();
		if (this.isWanted) {
			started.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
		}
		this.clock = started;
	}

	private void look() {
		try {
			this.shops.readiness();
		}
		catch (RuntimeException ex) {
			// The page has it from the actuator.
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService started = this.clock;
		if (started != null) {
			started.shutdownNow();
		}
		this.clock = null;
	}

	@Override
	public boolean isRunning() {
		return this.clock != null;
	}

}
