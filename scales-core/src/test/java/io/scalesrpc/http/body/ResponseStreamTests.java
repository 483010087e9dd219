package io.scalesrpc.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.http.PartsReader;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** A body between a connection and a reader that the test plays. */
class ResponseStreamTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final Source source = new Source();

	private final ResponseStream stream = new ResponseStream(this.source, ContentEncoding.NONE, this.time, this.time,
			Duration.ofSeconds(30));

	private final PartsReader reader = new PartsReader();

	@Test
	void itAsksForMoreOnlyWhenThereIsNothingLeft() {
		this.stream.subscribe(this.reader);
		assertThat(this.source.asked).isZero();
		this.reader.ask(2);
		assertThat(this.source.asked).isEqualTo(1);
		add("a", "b", "c");
		assertThat(this.reader.parts()).containsExactly("a", "b");
		int before = this.source.asked;
		this.reader.ask(1);
		assertThat(this.reader.parts()).containsExactly("a", "b", "c");
		assertThat(this.source.asked).isEqualTo(before);
		this.stream.complete();
		assertThat(this.reader.ends()).containsExactly("complete");
	}

	private void add(String... parts) {
		for (String part : parts) {
			this.stream.add(part.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
		}
	}

	@Test
	void itHasOneReader() {
		PartsReader other = new PartsReader();
		this.stream.subscribe(this.reader);
		this.stream.subscribe(other);
		other.ask(1);
		this.reader.ask(1);
		add("a");
		this.stream.complete();
		assertThat(other.failure()).isInstanceOf(IllegalStateException.class);
		assertThat(other.parts()).isEmpty();
		assertThat(this.reader.text()).isEqualTo("a");
		assertThat(this.source.givenUp).isZero();
	}

	@Test
	void aReaderThatAsksForNothingIsWrong() {
		this.stream.subscribe(this.reader);
		this.reader.ask(0);
		assertThat(this.reader.failure()).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("request: 0 (expected: 1 or more)");
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	@Test
	void itIsGivenUpOnceAndNotAfterItsEnd() {
		add("a");
		this.stream.close();
		this.stream.close();
		this.stream.complete();
		assertThat(this.source.givenUp).isEqualTo(1);
		ResponseStream whole = new ResponseStream(this.source, ContentEncoding.NONE, this.time, this.time,
				Duration.ofSeconds(1));
		whole.complete();
		whole.close();
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	@Test
	void whoWaitsForItsEndIsToldOnce() {
		int[] told = { 0, 0 };
		this.stream.onOver(() -> told[0]++);
		assertThat(this.stream.isOver()).isFalse();
		add("a");
		this.stream.complete();
		this.stream.onOver(() -> told[1]++);
		this.stream.close();
		assertThat(told).containsExactly(1, 1);
		assertThat(this.stream.isOver()).isTrue();
	}

	@Test
	void whatCameBeforeAFailureIsReadFirst() {
		this.stream.subscribe(this.reader);
		add("a", "b");
		this.stream.fail(new IOException("lost"));
		assertThat(this.reader.ends()).isEmpty();
		this.reader.ask(1);
		assertThat(this.reader.ends()).isEmpty();
		this.reader.ask(1);
		assertThat(this.reader.text()).isEqualTo("ab");
		assertThat(this.reader.failure()).hasMessage("lost");
	}

	@Test
	void aReaderThatThrowsIsGivenUp() {
		this.stream.subscribe(new Flow.Subscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscription.request(10);
			}

			@Override
			public void onNext(ByteBuffer part) {
				throw new IllegalStateException("broken");
			}

			@Override
			public void onError(Throwable cause) {
				assertThat(cause).hasMessage("broken");
			}

			@Override
			public void onComplete() {
				throw new AssertionError("complete");
			}

		});
		add("a", "b");
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	@Test
	void aReaderThatAsksWhileItIsToldIsServedInTurn() {
		StringBuilder seen = new StringBuilder();
		this.stream.subscribe(new Flow.Subscriber<>() {

			private Flow.Subscription subscription;

			@Override
			public void onSubscribe(Flow.Subscription given) {
				this.subscription = given;
				given.request(1);
			}

			@Override
			public void onNext(ByteBuffer part) {
				seen.append('<').append((char) part.get());
				this.subscription.request(1);
				seen.append('>');
			}

			@Override
			public void onError(Throwable cause) {
				seen.append('!');
			}

			@Override
			public void onComplete() {
				seen.append('.');
			}

		});
		add("a", "b", "c");
		this.stream.complete();
		assertThat(seen).hasToString("<a><b><c>.");
	}

	@Test
	void anInputStreamFetchesAFewPartsAhead() throws IOException {
		InputStream in = this.stream.inputStream();
		add("ab", "c", "d", "e", "f", "g");
		assertThat(in.available()).isEqualTo(5);
		assertThat(in.readNBytes(3)).containsExactly('a', 'b', 'c');
		this.stream.complete();
		assertThat(in.readAllBytes()).containsExactly('d', 'e', 'f', 'g');
		assertThat(in.read()).isEqualTo(-1);
		in.close();
		assertThat(this.source.givenUp).isZero();
	}

	@Test
	void anInputStreamThatIsClosedGivesTheBodyUp() throws IOException {
		InputStream in = this.stream.inputStream();
		add("ab");
		assertThat(in.read()).isEqualTo('a');
		in.close();
		assertThatIOException().isThrownBy(in::read).withMessage("the body was closed before its end");
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	@Test
	void aSecondInputStreamIsRefused() {
		this.stream.inputStream();
		assertThatIOException().isThrownBy(() -> this.stream.inputStream().read())
			.withMessage("body: has a reader already (expected: one only)");
	}

	@Test
	void aThreadThatIsInterruptedWhileItReadsGivesTheBodyUp() {
		InputStream in = this.stream.inputStream();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(in::read);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	@Test
	void anInputStreamWaitsForBytes() throws Exception {
		InputStream in = this.stream.inputStream();
		CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
			try {
				return in.readAllBytes();
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		});
		add("a");
		add("b");
		this.stream.complete();
		assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly('a', 'b');
	}

	@Test
	void withoutATimerItEndsAtOnceRatherThanNever() {
		ResponseStream orphan = new ResponseStream(this.source, ContentEncoding.NONE, (task, delay, unit) -> {
			throw new IllegalStateException("closed");
		}, this.time, Duration.ofSeconds(1));
		orphan.begin();
		assertThat(orphan.isOver()).isTrue();
		assertThat(this.source.givenUp).isEqualTo(1);
	}

	/** Runs tasks one after the other and counts. <em>Guarded by its monitor</em>. */
	private static final class Source implements PartSource {

		private final Queue<Runnable> tasks = new ArrayDeque<>();

		private int asked;

		private int givenUp;

		@Override
		public synchronized void execute(Runnable task) {
			this.tasks.add(task);
			if (this.tasks.size() == 1) {
				while (!this.tasks.isEmpty()) {
					this.tasks.peek().run();
					this.tasks.remove();
				}
			}
		}

		@Override
		public void more() {
			this.asked++;
		}

		@Override
		public void giveUp() {
			this.givenUp++;
		}

	}

}
