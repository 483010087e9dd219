package io.scalesrpc.balancer.node;

import java.util.function.Supplier;

import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * The sink of a node, which is replaced by a fresh one when the node is to rest.
 * <em>Thread-safe</em>; replaced by the balancer's serial writer only.
 */
public final class RenewableSink {

	private final Supplier<Sink> factory;

	private volatile Sink current;

	/** The sink that was asked to open. */
	private volatile @Nullable Sink asked;

	/** The sink that is doing so: asking once is enough. */
	private volatile @Nullable Sink opening;

	public RenewableSink(Supplier<Sink> factory) {
		this.factory = factory;
		this.current = factory.get();
	}

	Sink current() {
		return this.current;
	}

	/** Lets the sink open in the background, unless it is being opened so. */
	void open() {
		Sink sink = this.current;
		if (this.opening != sink) {
			this.opening = sink;
			open(() -> this.opening = null);
		}
	}

	/** Lets the sink open in the background. */
	void open(Runnable over) {
		Sink sink = this.current;
		this.asked = sink;
		sink.open(over);
	}

	/** Whether nobody has opened it, nor is about to. */
	boolean isUnused() {
		return this.asked != this.current && this.current.state() == SinkState.IDLE;
	}

	/**
	 * Begins anew.
	 * @return the sink so far, to be closed when nobody can be about to use it any more
	 */
	Sink renew() {
		Sink before = this.current;
		this.current = this.factory.get();
		return before;
	}

}
