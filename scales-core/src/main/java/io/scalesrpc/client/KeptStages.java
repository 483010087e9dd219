package io.scalesrpc.client;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.CallFilter;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a client that remember something: one whose settings stay stays itself
 * when the stack is made anew. <em>Confined to whoever makes the stack, one at a
 * time.</em>
 */
final class KeptStages {

	private final Map<Role, Kept> all = new HashMap<>();

	/**
	 * The stage of a role.
	 * @param settings what it was made of, or would be now
	 * @param maker makes it anew
	 */
	CallFilter of(Role role, Object settings, Supplier<CallFilter> maker) {
		Kept known = this.all.get(role);
		if (known == null || !known.settings.equals(settings)) {
			known = new Kept(settings, maker.get());
			this.all.put(role, known);
		}
		return known.stage;
	}

	/** Forgets a stage that is no longer in the stack; whether there was one. */
	boolean forget(Role role) {
		@Nullable Kept known = this.all.remove(role);
		return known != null;
	}

	/**
	 * A stage and what it was made of. <em>Immutable</em>.
	 *
	 * @param settings what it was made of
	 * @param stage the stage
	 */
	private record Kept(Object settings, CallFilter stage) {
	}

}
