package io.scalesrpc.spring.endpoint;

import java.util.Locale;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.MemberView;
import org.jspecify.annotations.Nullable;

/**
 * A member as the endpoint shows it. <em>Immutable</em>.
 *
 * @param address host and port
 * @param weight its share of the traffic; 1 is normal
 * @param state how ready it is: open, idle, busy or closed
 * @param load its calls in flight, as the balancer counts them
 * @param active whether calls may go there now: whether it is in the window of an
 * aperture
 * @param problem what is the matter with it; absent if nothing is
 */
public record MemberDescriptor(String address, double weight, String state, int load, boolean active,
		@Nullable String problem) {

	static MemberDescriptor of(MemberView view) {
		return new MemberDescriptor(view.address(), view.weight(), text(view.state()), view.load(), view.active(),
				view.problem().isEmpty() ? null : view.problem());
	}

	static String text(SinkState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
