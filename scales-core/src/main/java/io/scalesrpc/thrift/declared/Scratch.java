package io.scalesrpc.thrift.declared;

import java.util.Arrays;

import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of structs are while they are read: their constructors need all at
 * once. Kept with the protocol for the next message; each struct has a frame of its own
 * above that of the struct that it is in. Numbers are not boxed.
 * <p>
 * <em>Confined to the thread</em> that holds the protocol. After a message that could not
 * be read it is of no use.
 */
public final class Scratch {

	private static final int FIRST_SIZE = 32;

	@Nullable Object[] objects = new Object[FIRST_SIZE];

	long[] numbers = new long[FIRST_SIZE];

	/** Where the frame begins that constructors take values out of. */
	int base;

	private int top;

	static Scratch of(TProtocol protocol) {
		return (protocol instanceof Holder holder) ? holder.scratch() : new Scratch();
	}

	/** A frame of {@code null} and 0. */
	int open(int size) {
		int opened = this.top;
		this.top += size;
		if (this.top > this.numbers.length) {
			this.objects = Arrays.copyOf(this.objects, 2 * this.top);
			this.numbers = Arrays.copyOf(this.numbers, 2 * this.top);
		}
		return opened;
	}

	void close(int opened) {
		for (int i = opened; i < this.top; i++) {
			this.objects[i] = null;
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
