package io.scalesrpc.discovery.dns.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What {@code resolv.conf} says now: the file is read again when its size, its time or
 * the file itself is another, as glibc does it. Asking costs a look at these, and no
 * reading. The environment and the name of the host, which belong to it, count as they
 * were then. <em>Thread-safe</em>.
 */
public final class ResolvConfFile implements Supplier<ResolvConf> {

	private final Path file;

	private volatile @Nullable Version last;

	/**
	 * Reads nothing yet.
	 * @param file the file, which need not be there
	 */
	public ResolvConfFile(Path file) {
		this.file = file;
	}

	@Override
	public ResolvConf get() {
		// Before the file is read: what changes meanwhile is found the next time.
		Stamp stamp = Stamp.of(this.file);
		Version known = this.last;
		if (known == null || !known.stamp.equals(stamp)) {
			known = new Version(stamp, ResolvConf.read(this.file));
			this.last = known;
		}
		return known.conf;
	}

	/** What was read. */
	private record Version(Stamp stamp, ResolvConf conf) {
	}

	/** What tells one state of the file from another. */
	private record Stamp(@Nullable Object file, long size, @Nullable FileTime time) {

		private static final Stamp NO_FILE = new Stamp(null, -1, null);

		static Stamp of(Path file) {
			try {
				BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
				return new Stamp(now.fileKey(), now.size(), now.lastModifiedTime());
			}
			catch (IOException ex) {
				return NO_FILE;
			}
		}

	}

}
