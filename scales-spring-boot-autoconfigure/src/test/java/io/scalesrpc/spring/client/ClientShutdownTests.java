package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may still call while an application stops, over a real server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientShutdownTests {

	private CalculatorServer server;

	private final CompletableFuture<Integer> answer = new CompletableFuture<>();

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application() {
		return Contexts.application().withPropertyValues("scales.clients.calculator.uri=" + this.server.uri());
	}

	private void call(CalculatorClient client) {
		try {
			this.answer.complete(client.divide(12, 4));
		}
		catch (Exception ex) {
			this.answer.completeExceptionally(ex);
		}
	}

	@Test
	void aTaskThatAnExecutorFinishesAtTheStopIsAnswered() {
		application().withUserConfiguration(Executors.class).run((context) -> {
			CountDownLatch closing = closing(context);
			started(context.getBean(ThreadPoolTaskExecutor.class).getThreadPoolExecutor(), closing, context);
		});
		assertThat(this.answer).isCompletedWithValue(3);
	}

	@Test
	void aScheduledTaskThatIsFinishedAtTheStopIsAnswered() {
		application().withUserConfiguration(Executors.class).run((context) -> {
			CountDownLatch closing = closing(context);
			started(context.getBean(ThreadPoolTaskScheduler.class).getScheduledExecutor(), closing, context);
		});
		assertThat(this.answer).isCompletedWithValue(3);
	}

	/** Counted down when beans are destroyed, after every phase of the life cycle. */
	private static CountDownLatch closing(AssertableApplicationContext context) {
		return context.getBean(Last.class).destroyed;
	}

	private void started(ExecutorService executor, CountDownLatch closing, AssertableApplicationContext context)
			throws InterruptedException {
		CalculatorClient client = context.getBean(CalculatorClient.class);
		CountDownLatch started = new CountDownLatch(1);
		executor.execute(() -> {
			started.countDown();
			try {
				closing.await();
			}
			catch (InterruptedException ex) {
				this.answer.completeExceptionally(ex);
			}
			call(client);
		});
		started.await();
	}

	@Test
	void whatABeanDoesWhenItIsDestroyedIsAnswered() {
		application().withUserConfiguration(Parting.class)
			.run((context) -> context.getBean(Parted.class).to = this.answer);
		assertThat(this.answer).isCompletedWithValue(3);
	}

	@Test
	void aBeanThatWasMadeBeforeTheClientsAndKnowsNoneOfThemIsDestroyedBefore() {
		AtomicReference<CalculatorClient> client = new AtomicReference<>();
		application().withBean(DisposableBean.class, () -> () -> call(client.get()))
			.run((context) -> client.set(context.getBean(CalculatorClient.class)));
		assertThat(this.answer).isCompletedWithValue(3);
	}

	@Test
	void aListenerOfTheClosingAndALifecycleThatStopsLastAreAnswered() {
		AtomicReference<CalculatorClient> client = new AtomicReference<>();
		CompletableFuture<Integer> lowest = new CompletableFuture<>();
		application()
			.withBean("listening", ApplicationListener.class,
					() -> (ApplicationListener<ContextClosedEvent>) (event) -> call(client.get()))
			.withBean("lowest", SmartLifecycle.class,
					() -> new InPhase(Integer.MIN_VALUE, () -> lowest.complete(divide(client.get()))))
			.run((context) -> client.set(context.getBean(CalculatorClient.class)));
		assertThat(this.answer).isCompletedWithValue(3);
		assertThat(lowest).isCompletedWithValue(2);
	}

	private static int divide(CalculatorClient client) {
		try {
			return client.divide(8, 4);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void clientsCloseInThePhaseThatIsNamed() {
		AtomicReference<SinkState> above = new AtomicReference<>();
		AtomicReference<SinkState> below = new AtomicReference<>();
		AtomicReference<ClientHandle<?>> handle = new AtomicReference<>();
		application().withPropertyValues("scales.phase=100")
			.withBean("above", SmartLifecycle.class,
					() -> new InPhase(101, () -> above.set(handle.get().view().state())))
			.withBean("below", SmartLifecycle.class,
					() -> new InPhase(99, () -> below.set(handle.get().view().state())))
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(1, 1);
				handle.set(context.getBean(ScalesClientRegistry.class).client("calculator"));
			});
		assertThat(above).hasValue(SinkState.OPEN);
		assertThat(below).hasValue(SinkState.CLOSED);
	}

	@Test
	void afterTheStopClientsAreClosed() {
		AtomicReference<CalculatorClient> client = new AtomicReference<>();
		application().run((context) -> {
			client.set(context.getBean(CalculatorClient.class));
			client.get().divide(1, 1);
		});
		call(client.get());
		assertThat(this.answer).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.withCauseInstanceOf(NotSentException.class);
	}

	@Test
	void threadsOfTheApplicationsOwnOutliveBeansThatUseAClient(CapturedOutput output) {
		application().withBean(ClientResources.class, () -> ClientResources.create(1))
			.withUserConfiguration(Parting.class)
			.run((context) -> context.getBean(Parted.class).to = this.answer);
		assertThat(this.answer).isCompletedWithValue(3);
		assertThat(output).doesNotContain("not everything was closed");
	}

	@Test
	void aRegistryOfAContextAboveStaysOpenAndLosesTheMetersOfClients() {
		new ApplicationContextRunner().withBean(Kept.class).run((parent) -> {
			MeterRegistry registry = parent.getBean(Kept.class);
			application().withParent(parent).run((child) -> child.getBean(CalculatorClient.class).divide(1, 1));
			assertThat(registry.isClosed()).isFalse();
			registry.counter("mine").increment();
			assertThat(registry.counter("mine").count()).isOne();
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName()).containsExactly("mine");
		});
	}

	@Test
	void aRegistryThatContextsShareCountsForEach() {
		SimpleMeterRegistry shared = new SimpleMeterRegistry();
		for (int i = 0; i < 2; i++) {
			application().withInitializer((context) -> context.getBeanFactory().registerSingleton("shared", shared))
				.run((context) -> {
					context.getBean(CalculatorClient.class).divide(1, 1);
					assertThat(shared.get("scales.client.requests").timers().stream().mapToLong(Timer::count).sum())
						.isOne();
					assertThat(shared.get("scales.client.members").tag("state", "open").gauge().value()).isOne();
				});
		}
		assertThat(shared.isClosed()).isFalse();
		assertThat(shared.getMeters()).isEmpty();
	}

	@Test
	void aContextThatClosesLeavesAnotherItsClients() {
		application().run((first) -> {
			CalculatorClient client = first.getBean(CalculatorClient.class);
			application().run((second) -> second.getBean(CalculatorClient.class).divide(1, 1));
			assertThat(client.divide(12, 4)).isEqualTo(3);
		});
	}

	/** A registry that nobody closes. */
	static final class Kept extends SimpleMeterRegistry {

	}

	/** Is destroyed first, being made last. */
	static final class Last implements DisposableBean {

		private final CountDownLatch destroyed = new CountDownLatch(1);

		@Override
		public void destroy() {
			this.destroyed.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Executors {

		@Bean
		ThreadPoolTaskExecutor executor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setWaitForTasksToCompleteOnShutdown(true);
			executor.setAwaitTerminationSeconds(20);
			return executor;
		}

		@Bean
		ThreadPoolTaskScheduler scheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setWaitForTasksToCompleteOnShutdown(true);
			scheduler.setAwaitTerminationSeconds(20);
			return scheduler;
		}

		@Bean
		Last last(CalculatorClient client) {
			return new Last();
		}

	}

	/** Calls when it is destroyed. */
	static final class Parted implements DisposableBean {

		private final CalculatorClient client;

		private CompletableFuture<Integer> to = new CompletableFuture<>();

		Parted(CalculatorClient client) {
			this.client = client;
		}

		@Override
		public void destroy() throws Exception {
			this.to.complete(this.client.divide(12, 4));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Parting {

		@Bean
		Parted parted(CalculatorClient client) {
			return new Parted(client);
		}

	}

	/** Stops in a phase. */
	private static class InPhase implements SmartLifecycle {

		private final int phase;

		private final Runnable action;

		private boolean running;

		InPhase(int phase, Runnable action) {
			this.phase = phase;
			this.action = action;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.action.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
