package io.scalesrpc.spring.testing;

import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;

/**
 * Sources that never answer, {@code silent://}. <em>Immutable</em>.
 */
public final class SilentProvider implements ServerSetProvider {

	@Override
	public String scheme() {
		return "silent";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		return new Silent();
	}

	/** Tells nobody. <em>Immutable</em>. */
	private record Silent() implements ServerSet {

		@Override
		public void watch(Consumer<List<Member>> watcher) {
			// there is nothing to tell
		}

		@Override
		public SourceStatus status() {
			return new SourceStatus(null, "refused", 2);
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
