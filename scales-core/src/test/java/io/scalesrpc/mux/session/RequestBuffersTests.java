package io.scalesrpc.mux.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestBuffers}.
 */
class RequestBuffersTests {

	private static final int MAX_BYTES = 100_000;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final RequestBuffers buffers = new RequestBuffers(this.channel, MAX_BYTES);

	@AfterEach
	void close() {
		this.buffers.close();
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aBufferThatIsGivenBackIsTakenAgainEmpty() {
		ByteBuf first = this.buffers.take();
		first.writeLong(1);
		this.buffers.giveBack(first);
		assertThat(first.refCnt()).isOne();
		ByteBuf second = this.buffers.take();
		assertThat(second).isSameAs(first);
		assertThat(second.readableBytes()).isZero();
		assertThat(second.maxCapacity()).isEqualTo(MAX_BYTES);
		second.release();
	}

	@Test
	void whatIsTakenIsNobodyElses() {
		ByteBuf first = this.buffers.take();
		ByteBuf second = this.buffers.take();
		this.buffers.giveBack(first);
		this.buffers.giveBack(second);
		Set<ByteBuf> taken = takeAll(3);
		assertThat(taken.contains(first) && taken.contains(second)).isTrue();
		assertThat(taken).hasSize(3).allMatch((buffer) -> buffer.refCnt() == 1 && buffer.release());
	}

	@Test
	void aBufferThatHasGrownIsNotKept() {
		ByteBuf large = this.buffers.take();
		large.writeZero(10_000);
		this.buffers.giveBack(large);
		assertThat(large.refCnt()).isZero();
	}

	@Test
	void afterALargeRequestBuffersHaveItsRoom() {
		this.buffers.giveBack(this.buffers.take());
		this.buffers.used(16_500);
		assertThat(capacity()).isEqualTo(16_640);
	}

	private int capacity() {
		ByteBuf taken = this.buffers.take();
		int capacity = taken.capacity();
		taken.release();
		return capacity;
	}

	@Test
	void aBufferOfOthersIsNotKept() {
		ByteBuf foreign = Unpooled.buffer(8, 8);
		this.buffers.giveBack(foreign);
		assertThat(foreign.refCnt()).isZero();
		ByteBuf taken = this.buffers.take();
		assertThat(taken).isNotSameAs(foreign);
		taken.release();
	}

	@Test
	void noMoreAreKeptThanHaveRoom() {
		List<ByteBuf> taken = new ArrayList<>();
		for (int i = 0; i < RequestBuffers.MAX_KEPT + 3; i++) {
			taken.add(this.buffers.take());
		}
		taken.forEach(this.buffers::giveBack);
		List<ByteBuf> kept = taken.stream().filter((buffer) -> buffer.refCnt() > 0).toList();
		assertThat(kept).hasSize(RequestBuffers.MAX_KEPT);
		Set<ByteBuf> again = takeAll(RequestBuffers.MAX_KEPT);
		assertThat(kept).allMatch(again::contains);
		again.forEach(ByteBuf::release);
	}

	@Test
	void nothingIsKeptOnceItIsClosed() {
		ByteBuf kept = this.buffers.take();
		ByteBuf out = this.buffers.take();
		this.buffers.giveBack(kept);
		this.buffers.close();
		assertThat(kept.refCnt()).isZero();
		this.buffers.giveBack(out);
		assertThat(out.refCnt()).isZero();
		this.buffers.take().release();
	}

	/** The loop gives back while callers take, and no two have the same at a time. */
	@Test
	void callersOnManyThreadsNeverShareOne() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(4);
		try {
			Set<ByteBuf> out = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
			for (int round = 0; round < 200; round++) {
				List<Future<List<ByteBuf>>> all = new ArrayList<>();
				Callable<List<ByteBuf>> caller = () -> {
					List<ByteBuf> taken = new ArrayList<>();
					for (int i = 0; i < 10; i++) {
						ByteBuf buffer = this.buffers.take();
						assertThat(out.add(buffer)).isTrue();
						taken.add(buffer);
					}
					return taken;
				};
				for (int i = 0; i < 4; i++) {
					all.add(callers.submit(caller));
				}
				for (Future<List<ByteBuf>> one : all) {
					for (ByteBuf buffer : one.get()) {
						out.remove(buffer);
						this.buffers.giveBack(buffer);
					}
				}
			}
			assertThat(out).isEmpty();
		}
		finally {
			callers.shutdownNow();
		}
	}

	private Set<ByteBuf> takeAll(int count) {
		Set<ByteBuf> taken = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int i = 0; i < count; i++) {
			taken.add(this.buffers.take());
		}
		return taken;
	}

}
