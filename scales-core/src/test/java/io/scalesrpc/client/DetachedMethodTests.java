package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.client.proxy.DetachedLog;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A method that returns at once, and whose call lives on. */
@Sockets
class DetachedMethodTests {

	/** Tells and forgets. */
	interface Telling {

		void tell(String text);

	}

	private final FakeProtocol protocol = new FakeProtocol() {

		@Override
		public boolean isDetached(MethodSpec method) {
			return true;
		}

	};

	private ClientHandle<Telling> handle;

	@AfterEach
	void close() {
		this.handle.close(Duration.ZERO).toCompletableFuture().join();
	}

	private Telling client() {
		this.handle = builder().build();
		return this.handle.proxy();
	}

	private ClientBuilder<Telling> builder() {
		return ScalesClients.builder(Telling.class).name("shop").protocol(this.protocol).uri("tcp://127.0.0.1:1");
	}

	@Test
	void theCallerDoesNotWaitAndClosingDoes() {
		Telling telling = client();
		telling.tell("x");
		Eventually.await("the call", () -> this.protocol.calls().size() == 1);
		Call call = this.protocol.calls().get(0);
		assertThat(call.isEnded()).isFalse();
		assertThat(this.handle.view().pending()).isOne();
		call.end(Reply.EMPTY);
		assertThat(this.handle.view().pending()).isZero();
	}

	@Test
	void failuresAreLoggedOnceInAWhile() {
		this.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "no room")));
		Telling telling = client();
		try (DetachedLog log = new DetachedLog()) {
			for (int i = 0; i < 10; i++) {
				telling.tell("x");
			}
			Eventually.await("a line", () -> !log.lines().isEmpty());
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("[shop] tell: 1 calls failed that nobody waits for; the last: ")
				.contains("no room");
		}
	}

	@Test
	void aFallbackGetsWhatFailed() {
		List<String> kept = new CopyOnWriteArrayList<>();
		this.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "no room")));
		this.handle = builder().fallback(kept::add).build();
		this.handle.proxy().tell("x");
		Eventually.await("the fallback", () -> kept.equals(List.of("x")));
	}

}
