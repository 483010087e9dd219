package io.scalesrpc.transport;

import java.util.Locale;

/**
 * What moves the bytes of connections: Java's own NIO, or a native transport of Netty.
 * All speak alike; they differ in what a call costs, and in what the system must have.
 * <em>Immutable</em>.
 */
public enum Transport {

	/**
	 * {@link #EPOLL} on Linux, {@link #KQUEUE} on macOS if its native library is on the
	 * class path, {@link #NIO} elsewhere. The default.
	 */
	AUTO,

	/**
	 * Linux's io_uring, whose native library is not among the dependencies of Scales; not
	 * where the system forbids it, as containers often do.
	 */
	IO_URING,

	/**
	 * Linux's epoll, which comes with Scales for x86-64, ARM and RISC-V. A peer that
	 * acknowledges nothing for 20 s, neither what was sent nor the kernel's probes of a
	 * silent connection, is given up, as with {@link #IO_URING}.
	 */
	EPOLL,

	/**
	 * The kqueue of macOS, whose native library is not among the dependencies of Scales.
	 */
	KQUEUE,

	/** Java's own, on every system. */
	NIO;

	/**
	 * The name in settings.
	 * @return in lower case
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
