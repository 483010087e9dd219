package io.scalesrpc.thrift.declared;

import java.util.Arrays;

import org.apache.thrift.protocol.TProtocol;

import io.scalesrpc.Internal;

/**
 * Where the numbers of structs are while they are read, not boxed: constructors need all
 * at once. Kept with the protocol for the next message; each struct has a frame of its
 * own above that of the struct that it is in. Objects are in an array of each struct's
 * own: collectors make it dear to put young ones into an array that is old.
 * <p>
 * <em>Confined to the thread</em> that holds the protocol. After a message that could not
 * be read it is of no use.
 */
@Internal
public final class Scratch {

	private static final int FIRST_SIZE = 32;

	long[] numbers = new long[FIRST_SIZE];

	/** Where the frame begins that constructors take values out of. */
	int base;

	private int top;

	/** For one thread. */
	public Scratch() {
	}

	static Scratch of(TProtocol protocol) {
		return (protocol instanceof Holder holder) ? holder.scratch() : new Scratch();
	}

	/** A frame of zeros. */
	int open(int size) {
		int opened = this.top;
		this.top += size;
		if (this.top > this.numbers.length) {
			this.numbers = Arrays.copyOf(this.numbers, 2 * this.top);
		}
		return opened;
	}

	void close(int opened) {
		for (int i = opened; i < this.top; i++) {
			this.numbers[i] = 0;
		}
		this.top = opened;
	}

	/**
	 * A protocol that keeps one.
	 */
	public interface Holder {

		/**
		 * The one that it keeps.
		 * @return the same each time
		 */
		Scratch scratch();

	}

}
