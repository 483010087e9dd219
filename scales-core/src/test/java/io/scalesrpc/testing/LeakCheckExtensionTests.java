package io.scalesrpc.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class LeakCheckExtensionTests {

	@Test
	void aCleanClassPasses() {
		EngineExecutionResults results = run(Clean.class);
		results.allEvents().assertStatistics((events) -> events.failed(0));
		results.testEvents().assertStatistics((events) -> events.succeeded(2));
	}

	@Test
	void anUnfinishedCallFailsTheTest() {
		assertTestFails(LeavesACall.class, "unfinished call add");
	}

	@Test
	void anUnfinishedCallOfAFieldFailsTheTest() {
		assertTestFails(LeavesTheCallOfAField.class, "unfinished call add");
	}

	@Test
	void aPendingTimeoutFailsTheTestThatForbidsIt() {
		assertTestFails(LeavesATimeout.class, "1 pending timeouts");
	}

	@Test
	void anOpenChannelFailsTheTest() {
		assertTestFails(LeavesAChannel.class, "open channel");
	}

	@Test
	void anUnfinishedCallOfTheWholeClassFailsTheClassAndNoTest() {
		assertClassFails(LeavesACallOfTheClass.class, "unfinished call add");
	}

	@Test
	void anUnreleasedBufferFailsTheClass() {
		assertClassFails(LeavesABuffer.class, "unreleased ByteBuf");
	}

	@Test
	void aThreadOfScalesFailsTheClassEvenIfItIsADaemon() {
		try {
			assertClassFails(LeavesAThread.class, "thread scales-left");
		}
		finally {
			LeavesAThread.end.countDown();
		}
	}

	@Test
	void whatEndsSoonAfterTheTestIsWaitedFor() {
		run(EndsLate.class, Duration.ofSeconds(10)).allEvents().assertStatistics((events) -> events.failed(0));
	}

	private static void assertTestFails(Class<?> sample, String text) {
		EngineExecutionResults results = run(sample);
		results.containerEvents().assertStatistics((events) -> events.failed(0));
		results.testEvents()
			.failed()
			.assertEventsMatchExactly(EventConditions.finishedWithFailure(
					TestExecutionResultConditions.message((message) -> message.contains("left behind")),
					TestExecutionResultConditions.message((message) -> message.contains(text))));
	}

	private static void assertClassFails(Class<?> sample, String text) {
		EngineExecutionResults results = run(sample);
		results.testEvents().assertStatistics((events) -> events.succeeded(1).failed(0));
		results.containerEvents()
			.failed()
			.assertEventsMatchExactly(EventConditions
				.finishedWithFailure(TestExecutionResultConditions.message((message) -> message.contains(text))));
	}

	private static EngineExecutionResults run(Class<?> sample) {
		return run(sample, Duration.ZERO);
	}

	private static EngineExecutionResults run(Class<?> sample, Duration patience) {
		return EngineTestKit.engine("junit-jupiter")
			.configurationParameter(LeakCheckExtension.PATIENCE_MILLIS, String.valueOf(patience.toMillis()))
			.selectors(selectClass(sample))
			.execute();
	}

	/** Uses one of each and leaves none. */
	@ExtendWith(LeakCheckExtension.class)
	static class Clean {

		private final Call field = Calls.call();

		@Test
		void endsItsCalls() {
			this.field.end(Reply.EMPTY);
			Calls.call().end(Reply.EMPTY);
		}

		@Test
		void closesAndReleasesTheRest() throws InterruptedException {
			this.field.end(Reply.EMPTY);
			FakeTime time = new FakeTime().mustEndEmpty();
			assertThat(time.schedule(this::endsItsCalls, 1, TimeUnit.SECONDS).cancel()).isTrue();
			LeakWatch.channel(new EmbeddedChannel()).close();
			ByteBufAllocator.DEFAULT.buffer().release();
			Thread thread = new Thread(Calls::unwatched, "scales-joined");
			thread.start();
			thread.join();
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesACall {

		@Test
		void leaves() {
			Calls.call();
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesTheCallOfAField {

		private final Call call = Calls.call();

		@Test
		void leaves() {
			assertThat(this.call.isEnded()).isFalse();
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesATimeout {

		@Test
		void leaves() {
			new FakeTime().mustEndEmpty().schedule(Calls::unwatched, 1, TimeUnit.SECONDS);
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesAChannel {

		@Test
		void leaves() {
			LeakWatch.channel(new EmbeddedChannel());
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	static class LeavesACallOfTheClass {

		private final Call ofTheInstance = Calls.call();

		@BeforeAll
		static void begin() {
			Calls.call();
		}

		@Test
		void passes() {
			this.ofTheInstance.end(Reply.EMPTY);
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesABuffer {

		@Test
		void leaves() {
			ByteBuf dropped = ByteBufAllocator.DEFAULT.buffer(16);
			dropped.writeInt(1);
		}

	}

	@ExtendWith(LeakCheckExtension.class)
	static class LeavesAThread {

		private static final CountDownLatch end = new CountDownLatch(1);

		@Test
		void leaves() {
			Thread thread = new Thread(() -> {
				try {
					end.await(60, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}, "scales-left");
			thread.setDaemon(true);
			thread.start();
		}

	}

	/** Leaves its call to a thread that ends it some time after the test. */
	@ExtendWith(LeakCheckExtension.class)
	static class EndsLate {

		@Test
		void leavesTheCallToAThread() {
			Call call = Calls.call();
			Thread thread = new Thread(() -> {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
				call.end(Reply.EMPTY);
			}, "scales-late");
			thread.setDaemon(true);
			thread.start();
		}

	}

}
