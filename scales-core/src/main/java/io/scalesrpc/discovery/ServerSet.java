package io.scalesrpc.discovery;

import java.util.List;
import java.util.function.Consumer;

/**
 * The members of a service, as known now, and every later change. A set is fail-static:
 * losing its source loses no member. The word is that of Twitter's ZooKeeper server sets.
 * Implementations are <em>thread-safe</em>.
 */
public interface ServerSet extends AutoCloseable {

	/**
	 * Starts following the set; may be called once. Never blocks: a set whose source does
	 * not answer tells nothing until it does.
	 * @param watcher told the whole list, without duplicates, each time it changes; one
	 * call at a time, on any thread, possibly before this returns
	 */
	void watch(Consumer<List<Member>> watcher);

	/**
	 * Whether members may have other {@linkplain Member#priority() priorities} than 0,
	 * which are heeded then.
	 * @return {@code true} if some are to be called only when others cannot be
	 */
	default boolean hasPriorities() {
		return false;
	}

	/**
	 * How well the members are known now. Reads what is there and asks nobody.
	 * @return the status; unless a set says otherwise, current
	 */
	default SourceStatus status() {
		return SourceStatus.CURRENT;
	}

	/**
	 * Stops following and gives back what the set holds. The watcher is not told again.
	 * Safe to call more than once.
	 */
	@Override
	void close();

}
