package io.scalesrpc.spring.endpoint;

import java.util.Locale;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.MemberView;

/**
 * A member as the endpoint shows it. <em>Immutable</em>.
 *
 * @param address host and port
 * @param weight its share of the traffic; 1 is normal
 * @param state how ready it is: open, idle, busy or closed
 * @param load its calls in flight, as the balancer counts them
 */
public record MemberDescriptor(String address, double weight, String state, int load) {

	static MemberDescriptor of(MemberView view) {
		return new MemberDescriptor(view.address(), view.weight(), text(view.state()), view.load());
	}

	static String text(SinkState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
