package io.scalesrpc.mux;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * How many bytes may be held for one purpose, by one connection or by all of them. A
 * budget may lie within a wider one; both must have room. <em>Thread-safe</em>.
 */
@Internal
public final class ByteBudget {

	private final String what;

	private final long max;

	private final @Nullable ByteBudget wider;

	private final AtomicLong taken = new AtomicLong();

	private ByteBudget(String what, long max, @Nullable ByteBudget wider) {
		this.what = what;
		this.max = max;
		this.wider = wider;
	}

	/**
	 * Creates a budget of its own.
	 * @param what what is counted, for the text of a refusal
	 * @param max the most bytes that may be taken at a time
	 */
	public ByteBudget(String what, long max) {
		this(what, max, null);
	}

	/**
	 * A budget within this one.
	 * @param part what is counted there
	 * @param bytes the most bytes of it
	 * @return a budget that is empty
	 */
	public ByteBudget within(String part, long bytes) {
		return new ByteBudget(part, bytes, this);
	}

	/**
	 * Takes bytes, to be given back.
	 * @param bytes at least 0
	 * @return {@code null}, or which limit they would pass: then nothing is taken
	 */
	public @Nullable String take(long bytes) {
		long sum = this.taken.addAndGet(bytes);
		if (sum > this.max) {
			this.taken.addAndGet(-bytes);
			return this.what + ": " + sum + " (expected: <= " + this.max + ")";
		}
		String refusal = (this.wider != null) ? this.wider.take(bytes) : null;
		if (refusal != null) {
			this.taken.addAndGet(-bytes);
		}
		return refusal;
	}

	/**
	 * Gives back what was taken.
	 * @param bytes at least 0
	 */
	public void giveBack(long bytes) {
		this.taken.addAndGet(-bytes);
		if (this.wider != null) {
			this.wider.giveBack(bytes);
		}
	}

	/**
	 * What is taken now.
	 * @return bytes, zero or more
	 */
	public long taken() {
		return this.taken.get();
	}

}
