package io.scalesrpc.kafka;

import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;

/** One member on this machine, which moves. <em>Thread-safe</em>. */
final class MovingSet implements ServerSet {

	private volatile int port;

	private volatile Consumer<List<Member>> watcher = (members) -> {
	};

	MovingSet(int port) {
		this.port = port;
	}

	void move(int to) {
		this.port = to;
		tell();
	}

	@Override
	public void watch(Consumer<List<Member>> newWatcher) {
		this.watcher = newWatcher;
		tell();
	}

	private void tell() {
		this.watcher.accept(List.of(Member.of("127.0.0.1", this.port)));
	}

	@Override
	public void close() {
		this.watcher = (members) -> {
		};
	}

}
