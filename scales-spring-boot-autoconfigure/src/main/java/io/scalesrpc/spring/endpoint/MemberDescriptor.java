package io.scalesrpc.spring.endpoint;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.MemberView;

/**
 * A member as the endpoint shows it. <em>Immutable</em>.
 *
 * @param address host and port
 * @param weight its share of the traffic; 1 is normal
 * @param state how ready it is
 * @param load its calls in flight, as the balancer counts them
 */
public record MemberDescriptor(String address, double weight, SinkState state, int load) {

	static MemberDescriptor of(MemberView view) {
		return new MemberDescriptor(view.address(), view.weight(), view.state(), view.load());
	}

}
