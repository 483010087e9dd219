package io.scalesrpc.mux.session;

import java.util.Arrays;
import java.util.function.Consumer;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one multiplexed connection by tag. A tag is given back only when the
 * server has answered it, and is then reused as late as possible: freed tags wait in
 * line, and until enough of them exist fresh ones are taken instead, so that a second
 * answer to the same tag does not meet a new request. <em>Confined to the connection's
 * event loop</em>.
 *
 * @param <E> what is kept for a tag
 */
@Internal
public final class TagTable<E> {

	/** Fresh tags are preferred up to this many, however few are in use. */
	private static final int MIN_LINE = 1024;

	private final int first;

	private final int last;

	private @Nullable Object[] entries = new @Nullable Object[64];

	/** Freed tags, in a ring: {@code freeCount} of them from {@code freeHead} on. */
	private int[] free = new int[64];

	private int freeHead;

	private int freeCount;

	/** How many different tags were ever handed out. */
	private int handedOut;

	/**
	 * Creates an empty table.
	 * @param first the lowest tag
	 * @param last the highest tag, inclusive
	 */
	public TagTable(int first, int last) {
		this.first = first;
		this.last = last;
	}

	/**
	 * Keeps an entry under a tag that is not in use.
	 * @param entry what to keep
	 * @return the tag, or -1 if all are in use
	 */
	public int put(E entry) {
		int tag = nextTag();
		if (tag >= 0) {
			this.entries[tag - this.first] = entry;
		}
		return tag;
	}

	/**
	 * Looks at the entry of a tag.
	 * @param tag any number
	 * @return the entry, or {@code null} if the tag is not in use
	 */
	@SuppressWarnings("unchecked")
	public @Nullable E get(int tag) {
		int index = tag - this.first;
		return (index >= 0 && index < this.handedOut) ? (E) this.entries[index] : null;
	}

	/**
	 * Gives a tag back.
	 * @param tag any number
	 * @return what was kept, or {@code null} if the tag was not in use
	 */
	public @Nullable E remove(int tag) {
		E entry = get(tag);
		if (entry != null) {
			this.entries[tag - this.first] = null;
			addFree(tag);
		}
		return entry;
	}

	/**
	 * The number of tags in use.
	 * @return zero or more
	 */
	public int size() {
		return this.handedOut - this.freeCount;
	}

	/**
	 * Empties the table.
	 * @param consumer told every entry; may not use the table
	 */
	public void drain(Consumer<E> consumer) {
		for (int tag = this.first; tag < this.first + this.handedOut; tag++) {
			E entry = remove(tag);
			if (entry != null) {
				consumer.accept(entry);
			}
		}
	}

	private int nextTag() {
		boolean freshLeft = this.handedOut <= this.last - this.first;
		if (freshLeft && (this.freeCount == 0 || this.handedOut < MIN_LINE)) {
			if (this.handedOut == this.entries.length) {
				this.entries = Arrays.copyOf(this.entries, this.entries.length * 2);
			}
			return this.first + this.handedOut++;
		}
		return (this.freeCount > 0) ? takeFree() : -1;
	}

	private int takeFree() {
		int tag = this.free[this.freeHead];
		this.freeHead = (this.freeHead + 1) % this.free.length;
		this.freeCount--;
		return tag;
	}

	private void addFree(int tag) {
		if (this.freeCount == this.free.length) {
			int[] larger = new int[this.free.length * 2];
			for (int i = 0; i < this.freeCount; i++) {
				larger[i] = this.free[(this.freeHead + i) % this.free.length];
			}
			this.free = larger;
			this.freeHead = 0;
		}
		this.free[(this.freeHead + this.freeCount) % this.free.length] = tag;
		this.freeCount++;
	}

}
