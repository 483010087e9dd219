package io.scalesrpc.balancer;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * A member as its balancer sees it: where its calls go and how many are in flight. Two
 * nodes are never equal. <em>Thread-safe</em>; the member is changed by the balancer's
 * serial writer only.
 */
final class Node {

	private final Sink sink;

	private final AtomicInteger load = new AtomicInteger();

	private volatile Member member;

	Node(Member member, Sink sink) {
		this.member = member;
		this.sink = sink;
	}

	Member member() {
		return this.member;
	}

	/** Takes over a new weight or new metadata of the same server. */
	void member(Member changed) {
		this.member = changed;
	}

	Sink sink() {
		return this.sink;
	}

	SinkState state() {
		return this.sink.state();
	}

	int load() {
		return this.load.get();
	}

	/** Counts a call. For the picker alone. */
	void acquire() {
		this.load.incrementAndGet();
	}

	/** Takes a call back. For the picker alone. */
	void release() {
		this.load.decrementAndGet();
	}

	/** Whether this is the server a call avoids, whatever its weight was then. */
	boolean is(@Nullable Object target) {
		return target instanceof Member other && other.port() == this.member.port()
				&& other.host().equals(this.member.host());
	}

	NodeView view() {
		return new NodeView(this.member, state(), load());
	}

	@Override
	public String toString() {
		return this.member + " load " + load();
	}

}
