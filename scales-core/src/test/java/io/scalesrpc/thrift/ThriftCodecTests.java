package io.scalesrpc.thrift;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.peer.Big;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThriftCodecTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 5000;

	@Test
	void hasTheLimitsOfLibthriftUnlessItIsGivenOthers() {
		ThriftCodec codec = ThriftCodec.of(ThriftEncoding.COMPACT);
		assertThat(codec.encoding()).isEqualTo(ThriftEncoding.COMPACT);
		assertThat(codec.maxMessageBytes()).isEqualTo(16_384_000);
		assertThat(codec.maxDepth()).isEqualTo(64);
		assertThat(codec).hasToString("COMPACT of at most 16384000 bytes");
		ThriftCodec other = new ThriftCodec(ThriftEncoding.JSON, 1, 512);
		assertThat(List.of(other.maxMessageBytes(), other.maxDepth())).containsExactly(1, 512);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 513 })
	void limitsHaveRanges(int limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ThriftCodec(ThriftEncoding.BINARY, 100, limit))
			.withMessage("maxDepth: " + limit + " (expected: 1 to 512)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ThriftCodec(ThriftEncoding.BINARY, Math.min(limit, 0), 64))
			.withMessageEndingWith("(expected: at least 1)");
	}

	@Test
	void aStreamIsUsedAgainAfterSuccessOnly() throws Exception {
		ThriftCodec codec = ThriftCodec.of(ThriftEncoding.BINARY);
		ThriftLoop loop = ThriftLoop.of(codec, new EchoPeer());
		loop.request("ping");
		MessageStream spare = codec.take();
		codec.giveBack(spare);
		loop.value("add", 1, 2);
		assertThat(codec.take()).isSameAs(spare);
		assertThat(codec.take()).as("while the spare is lent").isNotSameAs(spare);
		codec.giveBack(spare);
		assertThatExceptionOfType(ThriftMessageException.class)
			.isThrownBy(() -> loop.read("ping", loop.reply("ping").writeByte(0)));
		assertThat(codec.take()).isNotSameAs(spare);
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void afterAFailureTheNextMessageIsReadAndWritten(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		for (int i = 0; i < 50; i++) {
			int length = i + 1;
			assertThatExceptionOfType(ThriftMessageException.class)
				.isThrownBy(() -> loop.read("big", loop.reply("big", Samples.big(2)).slice(0, length)));
			assertThat(loop.value("big", Samples.big(2))).isEqualTo(Samples.big(2));
		}
	}

	/** Only hand-written code leaves a struct open; it must not spoil later messages. */
	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void whatOneMessageLeavesOpenDoesNotCountForTheNext(ThriftEncoding encoding) {
		ThriftLoop loop = ThriftLoop.of(new ThriftCodec(encoding, 10_000, 2), new EchoPeer());
		TApplicationException open = new TApplicationException(TApplicationException.INTERNAL_ERROR, "open") {

			private static final long serialVersionUID = 1L;

			@Override
			public void write(TProtocol out) throws TException {
				out.writeStructBegin(null);
				super.write(out);
			}
		};
		ByteBuf out = Unpooled.buffer();
		MessageStream.write(loop.codec(), out, new TMessage("ping", TMessageType.EXCEPTION, 1), open);
		assertThat(out.readableBytes()).isPositive();
		assertThat(loop.request("big", new Big().setId(1)).readableBytes()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void twoThreadsNeverHaveTheSameStream(ThriftEncoding encoding) throws Exception {
		ThriftCodec codec = ThriftCodec.of(encoding);
		Set<MessageStream> lent = ConcurrentHashMap.newKeySet();
		race(() -> {
			MessageStream stream = codec.take();
			assertThat(lent.add(stream)).isTrue();
			Thread.yield();
			lent.remove(stream);
			codec.giveBack(stream);
		});
	}

	@ParameterizedTest
	@EnumSource(ThriftEncoding.class)
	void threadsThatShareACodecReadTheirOwnReplies(ThriftEncoding encoding) throws Exception {
		ThriftLoop loop = ThriftLoop.of(encoding, new EchoPeer());
		race(() -> {
			String mine = Thread.currentThread().getName();
			assertThat(loop.value("echo", mine)).isEqualTo(mine);
		});
	}

	private static void race(Step step) throws Exception {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Thread> threads = threadsOfOneSlot(() -> {
			try {
				start.await();
				for (int i = 0; i < ROUNDS && failure.get() == null; i++) {
					step.run();
				}
			}
			catch (Throwable ex) {
				failure.compareAndSet(null, ex);
			}
		});
		for (Thread thread : threads) {
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(failure.get()).isNull();
	}

	/** Streams are kept by thread id; these threads compete for one. */
	private static List<Thread> threadsOfOneSlot(Runnable task) {
		List<Thread> threads = new ArrayList<>();
		while (threads.size() < THREADS) {
			Thread thread = new Thread(task, "codec-" + threads.size());
			if (threads.isEmpty() || (thread.getId() - threads.get(0).getId()) % 16 == 0) {
				threads.add(thread);
			}
		}
		return threads;
	}

	/** What a thread does again and again. */
	private interface Step {

		void run() throws Exception;

	}

}
