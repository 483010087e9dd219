package io.scalesrpc.client;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;

/**
 * The stages of a client above its balancer, from top to bottom, open to change before
 * the client is made (in Scales: WithSink, InsertSink, ReplaceRole). <em>Confined to the
 * thread that builds.</em>
 */
public final class StackBuilder {

	private final List<Stage> stages = new ArrayList<>();

	StackBuilder() {
	}

	/**
	 * Adds a stage at the bottom, right above the balancer.
	 * @param role its name, not taken yet
	 * @param filter what it does
	 * @return this
	 * @throws IllegalArgumentException if there is a stage of that role
	 */
	public StackBuilder add(Role role, CallFilter filter) {
		return insert(this.stages.size(), role, filter);
	}

	/**
	 * Adds a stage above another.
	 * @param below the stage that will be next
	 * @param role its name, not taken yet
	 * @param filter what it does
	 * @return this
	 * @throws IllegalArgumentException if there is no stage {@code below}, or one of that
	 * role
	 */
	public StackBuilder insertBefore(Role below, Role role, CallFilter filter) {
		return insert(indexOf(below), role, filter);
	}

	/**
	 * Adds a stage below another.
	 * @param above the stage that will send to it
	 * @param role its name, not taken yet
	 * @param filter what it does
	 * @return this
	 * @throws IllegalArgumentException if there is no stage {@code above}, or one of that
	 * role
	 */
	public StackBuilder insertAfter(Role above, Role role, CallFilter filter) {
		return insert(indexOf(above) + 1, role, filter);
	}

	/**
	 * Puts something else in the place of a stage.
	 * @param role the stage
	 * @param filter what it does from now on
	 * @return this
	 * @throws IllegalArgumentException if there is no such stage
	 */
	public StackBuilder replace(Role role, CallFilter filter) {
		this.stages.set(indexOf(role), new Stage(role, filter));
		return this;
	}

	/**
	 * The stages so far.
	 * @return their roles from top to bottom, a copy
	 */
	public List<Role> roles() {
		return this.stages.stream().map(Stage::role).toList();
	}

	Sink over(Sink bottom) {
		Sink sink = bottom;
		for (int i = this.stages.size() - 1; i >= 0; i--) {
			sink = this.stages.get(i).over(sink);
		}
		return sink;
	}

	private StackBuilder insert(int index, Role role, CallFilter filter) {
		Checks.require(!roles().contains(role), "role", role, "none of " + roles());
		this.stages.add(index, new Stage(role, filter));
		return this;
	}

	private int indexOf(Role role) {
		int index = roles().indexOf(role);
		Checks.require(index >= 0, "role", role, "one of " + roles());
		return index;
	}

	/**
	 * A filter by its name in the stack. One that throws, against the rules, loses no
	 * call. <em>Immutable</em>.
	 *
	 * @param role the name
	 * @param filter what the stage does
	 */
	private record Stage(Role role, CallFilter filter) implements CallFilter {

		@Override
		public void filter(Call call, Sink next) {
			try {
				this.filter.filter(call, next);
			}
			catch (Throwable ex) {
				call.end(Failure.of(FailureKind.INTERNAL, "stage " + this.role + " failed: " + ex, ex));
			}
		}

	}

}
