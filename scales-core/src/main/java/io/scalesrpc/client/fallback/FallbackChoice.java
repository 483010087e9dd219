package io.scalesrpc.client.fallback;

import java.util.Set;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say what answers in place of the service. <em>Confined to the thread
 * that builds.</em>
 *
 * @param <T> the interface of the client's proxy
 */
@Internal
public final class FallbackChoice<T> {

	private @Nullable FallbackFactory<? extends T> factory;

	private @Nullable Set<FailureKind> on;

	public void factory(FallbackFactory<? extends T> newFactory) {
		this.factory = newFactory;
	}

	public void on(Set<FailureKind> kinds) {
		this.on = Set.copyOf(kinds);
	}

	/** Checked when everything is known: the setters may come in any order. */
	@Nullable public FallbackSettings<T> resolve() {
		if (this.factory == null) {
			Checks.require(this.on == null, "fallbackOn", String.valueOf(this.on),
					"none without fallback or fallbackFactory");
			return null;
		}
		FallbackSettings<T> settings = FallbackSettings.of(this.factory);
		return (this.on != null) ? settings.withKinds(this.on) : settings;
	}

}
