package io.scalesrpc.http.body;

import java.io.IOException;

/**
 * Reads the head of a gzip member (RFC 1952, 2.3), a byte at a time, because it may come
 * in any pieces; what it says is of no use here. <em>Confined to one thread at a
 * time</em>.
 */
final class GzipHead {

	private static final int FIXED_BYTES = 10;

	private static final int HAS_CHECKSUM = 2;

	private static final int HAS_EXTRA = 4;

	private static final int HAS_NAME = 8;

	private static final int HAS_COMMENT = 16;

	private static final int RESERVED = 0xE0;

	private int read;

	/** What is still to come after the fixed part. */
	private int flags;

	/** Bytes of the present field that are left, or -1 if it has not begun. */
	private int left = -1;

	private int extraLow = -1;

	boolean hasBegun() {
		return this.read > 0;
	}

	/**
	 * Takes the next byte.
	 * @return whether it was the last one
	 * @throws IOException if this is no gzip
	 */
	boolean take(int next) throws IOException {
		if (this.read < FIXED_BYTES) {
			takeFixed(next);
		}
		else if ((this.flags & HAS_EXTRA) != 0) {
			takeExtra(next);
		}
		else if ((this.flags & (HAS_NAME | HAS_COMMENT)) != 0) {
			takeText(next);
		}
		else {
			takeChecksum();
		}
		return this.read == FIXED_BYTES && this.flags == 0;
	}

	private void takeFixed(int next) throws IOException {
		int position = this.read++;
		boolean right = switch (position) {
			case 0 -> next == 0x1F;
			case 1 -> next == 0x8B;
			case 2 -> next == 8;
			case 3 -> (next & RESERVED) == 0;
			default -> true;
		};
		if (!right) {
			throw new IOException("gzip: byte " + next + " at " + position + " of the head (expected: as RFC 1952)");
		}
		if (position == 3) {
			// Whether it is text changes nothing.
			this.flags = next & ~1;
		}
	}

	private void takeExtra(int next) {
		if (this.extraLow < 0) {
			this.extraLow = next;
		}
		else {
			this.left = (this.left < 0) ? (this.extraLow | next << 8) : this.left - 1;
			endOf(HAS_EXTRA, this.left == 0);
		}
	}

	/** Ends with a zero. */
	private void takeText(int next) {
		endOf(((this.flags & HAS_NAME) != 0) ? HAS_NAME : HAS_COMMENT, next == 0);
	}

	private void takeChecksum() {
		this.left = (this.left < 0) ? 1 : this.left - 1;
		endOf(HAS_CHECKSUM, this.left == 0);
	}

	private void endOf(int field, boolean over) {
		if (over) {
			this.flags &= ~field;
			this.left = -1;
		}
	}

}
