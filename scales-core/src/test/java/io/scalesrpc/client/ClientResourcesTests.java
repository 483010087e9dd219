package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class ClientResourcesTests {

	@Test
	void thereIsAtLeastOneEventLoop() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClientResources.create(0))
			.withMessage("eventLoops: 0 (expected: >= 1)");
	}

	@Test
	void closingTwiceCompletesTwice() {
		ClientResources resources = ClientResources.create();
		resources.close();
		assertThat(resources.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void closingOnItsOwnEventLoopDoesNotWaitForItself() {
		ClientResources resources = ClientResources.create(1);
		CompletableFuture<Void> returned = CompletableFuture.runAsync(resources::close,
				(task) -> resources.eventLoops().group().next().execute(task));
		assertThat(returned).succeedsWithin(Duration.ofSeconds(5));
		resources.close();
	}

	@Test
	void whoeverWaitsForTheEndOfThreadsMayBlock() {
		ClientResources first = ClientResources.create(1);
		ClientResources second = ClientResources.create(1);
		first.eventLoops().group().next().submit(() -> {
		}).syncUninterruptibly();
		CompletableFuture<Void> both = first.close(Duration.ZERO).thenRun(second::close).toCompletableFuture();
		assertThat(both).succeedsWithin(Duration.ofSeconds(4));
	}

	@Test
	void whatIsHandedOverBeforeTheEndStillRuns() {
		ClientResources resources = ClientResources.create(1);
		CompletableFuture<String> ran = CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(),
				resources.callbacks());
		resources.close();
		assertThat(ran.join()).startsWith("scales-callback-");
	}

}
