package io.scalesrpc.thrift.connection;

import java.util.Arrays;

/**
 * Where in a message one is: the structs and containers that have begun and not ended.
 * <em>Confined to the connection's event loop</em>.
 */
final class DepthStack {

	/** Structs may be 64 deep; with a container or two around each that is enough. */
	private static final int MAX_DEPTH = 256;

	private static final int STRUCT = -1;

	private long[] left = new long[16];

	private byte[] types = new byte[32];

	private int depth;

	boolean isEmpty() {
		return this.depth == 0;
	}

	void pushStruct() {
		push(STRUCT, (byte) 0, (byte) 0);
	}

	/**
	 * Begins a container.
	 * @param size how many elements, or pairs, it has
	 * @param first the type of the first of a pair, or of every element
	 * @param second the type of the second, or 0 if it has no pairs
	 */
	void pushContainer(int size, byte first, byte second) {
		if (size < 0) {
			throw new IllegalArgumentException("container size: " + size + " (expected: >= 0)");
		}
		push((second != 0) ? 2L * size : size, first, (second != 0) ? second : first);
	}

	private void push(long values, byte first, byte second) {
		if (this.depth == MAX_DEPTH) {
			throw new IllegalArgumentException("nesting: more than " + MAX_DEPTH + " (expected: at most that)");
		}
		if (this.depth == this.left.length) {
			this.left = Arrays.copyOf(this.left, this.depth * 2);
			this.types = Arrays.copyOf(this.types, this.depth * 4);
		}
		this.left[this.depth] = values;
		this.types[this.depth * 2] = first;
		this.types[this.depth * 2 + 1] = second;
		this.depth++;
	}

	int depth() {
		return this.depth;
	}

	boolean isInStruct() {
		return this.left[this.depth - 1] == STRUCT;
	}

	/** Whether the innermost container is at its end. */
	boolean isAtEnd() {
		return this.left[this.depth - 1] == 0;
	}

	/** The type of the next value in the innermost container. */
	byte next() {
		int level = this.depth - 1;
		return this.types[level * 2 + (int) (this.left[level] & 1)];
	}

	/** A value of the container that was innermost at that depth is past. */
	void passed(int atDepth) {
		this.left[atDepth - 1]--;
	}

	void pop() {
		this.depth--;
	}

}
