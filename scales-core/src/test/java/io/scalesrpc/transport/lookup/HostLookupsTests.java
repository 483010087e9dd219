package io.scalesrpc.transport.lookup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostLookupsTests {

	private final List<Runnable> threads = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	private final HostLookups lookups = new HostLookups(this.threads::add, (name) -> {
		this.asked.add(name);
		if (name.equals("none.test")) {
			throw new UnknownHostException(name);
		}
		return new InetAddress[] { InetAddress.getLoopbackAddress() };
	});

	@Test
	void manyWhoAskForOneNameCauseOneLookUp() {
		CompletableFuture<List<InetAddress>> first = this.lookups.find("a.test");
		CompletableFuture<List<InetAddress>> second = this.lookups.find("a.test");
		this.lookups.find("b.test");
		assertThat(this.threads).hasSize(2);
		this.threads.forEach(Runnable::run);
		assertThat(this.asked).containsExactly("a.test", "b.test");
		assertThat(first.join()).isEqualTo(second.join()).hasSize(1);
	}

	@Test
	void aNameThatIsDoneIsAskedForAgain() {
		this.lookups.find("a.test");
		assertThat(this.lookups.isRunning("a.test")).isTrue();
		this.threads.get(0).run();
		assertThat(this.lookups.isRunning("a.test")).isFalse();
		this.lookups.find("a.test");
		assertThat(this.threads).hasSize(2);
	}

	@Test
	void aFailureIsToldAndForgotten() {
		CompletableFuture<List<InetAddress>> found = this.lookups.find("none.test");
		this.threads.get(0).run();
		assertThatThrownBy(found::join).isInstanceOf(CompletionException.class)
			.hasCauseInstanceOf(UnknownHostException.class);
		assertThat(this.lookups.isRunning("none.test")).isFalse();
	}

	@Test
	void anErrorIsToldAndForgotten() {
		HostLookups broken = new HostLookups(this.threads::add, (name) -> {
			throw new NoClassDefFoundError("of a name service");
		});
		CompletableFuture<List<InetAddress>> found = broken.find("a.test");
		this.threads.get(0).run();
		assertThat(found).isCompletedExceptionally();
		assertThat(broken.isRunning("a.test")).isFalse();
	}

	@Test
	void tooManyNamesFailAtOnce() {
		HostLookups full = new HostLookups((task) -> {
			throw new RejectedExecutionException();
		}, (name) -> new InetAddress[0]);
		assertThat(full.find("a.test")).isCompletedExceptionally();
		assertThat(full.isRunning("a.test")).isFalse();
	}

	/** The process' own: sixty names that hang hold up nobody. */
	@Test
	void namesDoNotWaitForEachOther() {
		CompletableFuture<InetAddress[]> silent = new CompletableFuture<>();
		HostLookups real = new HostLookups(HostLookups.threads(),
				(name) -> name.startsWith("hang") ? silent.join() : InetAddress.getAllByName("127.0.0.1"));
		List<CompletableFuture<List<InetAddress>>> hanging = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			hanging.add(real.find("hang" + i + ".test"));
		}
		assertThat(real.find("well.test").join()).hasSize(1);
		assertThat(hanging).noneMatch(CompletableFuture::isDone);
		silent.complete(new InetAddress[] { InetAddress.getLoopbackAddress() });
		hanging.forEach(CompletableFuture::join);
	}

}
