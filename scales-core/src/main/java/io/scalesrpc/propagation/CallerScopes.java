package io.scalesrpc.propagation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import io.scalesrpc.call.CallScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes from the threads of callers what Micrometer's context propagation knows (the
 * current observation, the request being served, what the application registered), and
 * the MDC. Loaded only where that library is there. <em>Thread-safe</em>.
 */
final class CallerScopes implements CallScope.Source {

	/**
	 * The name of Micrometer's own accessor of the MDC, which not everybody registers.
	 */
	private static final String MDC_KEY = "cp.slf4j";

	private static final Logger logger = LoggerFactory.getLogger(CallerScopes.class);

	private final AtomicBoolean logged = new AtomicBoolean();

	private final ContextRegistry registry;

	private final ContextSnapshotFactory snapshots;

	CallerScopes(ContextRegistry registry) {
		this.registry = registry;
		this.snapshots = ContextSnapshotFactory.builder().contextRegistry(registry).build();
	}

	/** An accessor of the application that fails must not cost a call. */
	@Override
	public @Nullable CallScope capture(@Nullable Object carrier) {
		try {
			return captured(carrier);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	private @Nullable CallScope captured(@Nullable Object carrier) {
		List<ThreadLocalAccessor<?>> accessors = this.registry.getThreadLocalAccessors();
		boolean isSet = carrier != null;
		boolean hasMdc = false;
		// By index: nearly all calls of many applications find nothing here, and an
		// iterator would be made for each.
		for (int i = 0; i < accessors.size(); i++) {
			ThreadLocalAccessor<?> accessor = accessors.get(i);
			isSet = isSet || accessor.getValue() != null;
			hasMdc = hasMdc || MDC_KEY.equals(accessor.key());
		}
		Map<String, String> mdc = hasMdc ? null : MDC.getCopyOfContextMap();
		if (mdc != null && mdc.isEmpty()) {
			mdc = null;
		}
		return (isSet || mdc != null) ? new CallerScope(this, isSet ? snapshot(carrier) : null, mdc) : null;
	}

	private ContextSnapshot snapshot(@Nullable Object carrier) {
		return (carrier != null) ? this.snapshots.captureAll(carrier) : this.snapshots.captureAll();
	}

	private void failed(RuntimeException ex) {
		if (this.logged.compareAndSet(false, true)) {
			logger.warn("The context of a thread cannot be carried to another one; the next failures are not logged",
					ex);
		}
	}

	/**
	 * What a thread had. The MDC comes first and goes last: who traces writes into it
	 * when an observation becomes current. <em>Immutable</em>.
	 *
	 * @param source took it
	 * @param snapshot what accessors know, or {@code null} for nothing
	 * @param mdc the MDC, or {@code null} if it was empty or an accessor knows it
	 */
	private record CallerScope(CallerScopes source, @Nullable ContextSnapshot snapshot,
			@Nullable Map<String, String> mdc) implements CallScope {

		@Override
		public Restored restore() {
			Map<String, String> before = (this.mdc != null) ? MDC.getCopyOfContextMap() : null;
			if (this.mdc != null) {
				MDC.setContextMap(this.mdc);
			}
			ContextSnapshot.Scope scope = open();
			return () -> close(scope, before);
		}

		private ContextSnapshot.@Nullable Scope open() {
			try {
				return (this.snapshot != null) ? this.snapshot.setThreadLocals() : null;
			}
			catch (RuntimeException ex) {
				this.source.failed(ex);
				return null;
			}
		}

		private void close(ContextSnapshot.@Nullable Scope scope, @Nullable Map<String, String> before) {
			try {
				if (scope != null) {
					scope.close();
				}
			}
			catch (RuntimeException ex) {
				this.source.failed(ex);
			}
			if (this.mdc != null) {
				putBack(before);
			}
		}

		private static void putBack(@Nullable Map<String, String> before) {
			if (before != null) {
				MDC.setContextMap(before);
			}
			else {
				MDC.clear();
			}
		}

	}

}
