package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.breaker.MemberBreakers;
import io.scalesrpc.call.Checks;
import io.scalesrpc.client.assembly.BalancedDestination;
import io.scalesrpc.protocol.Destination;
import org.jspecify.annotations.Nullable;

/**
 * What operators do with the members of a client. Told in the log; forgotten when the
 * process ends, not when the member leaves and comes back. <em>Thread-safe</em>.
 */
public final class MemberControl {

	private final String protocol;

	private final Destination destination;

	private final List<BalancedDestination> balancers;

	MemberControl(String protocol, Destination destination, List<BalancedDestination> balancers) {
		this.protocol = protocol;
		this.destination = destination;
		this.balancers = balancers;
	}

	/**
	 * Sends no new calls to a member; those it has go on, and its connections stay. When
	 * every member is drained calls wait in vain.
	 * @param address host and port, as the view has it
	 * @param limit for how long, above zero; {@code null} for until it is restored
	 * @param who who wants it
	 * @throws IllegalArgumentException if there is no such member, or it cannot be
	 * spared: a primary that alone takes writes
	 */
	public void drain(String address, @Nullable Duration limit, String who) {
		takeOut(address, true, limit, who);
	}

	/**
	 * Leaves a member alone as if its breaker had taken it out: it gets calls only when
	 * no other takes them.
	 * @param address host and port, as the view has it
	 * @param limit for how long, above zero; {@code null} for until it is restored
	 * @param who who wants it
	 * @throws IllegalArgumentException if there is no such member, or it cannot be spared
	 */
	public void eject(String address, @Nullable Duration limit, String who) {
		takeOut(address, false, limit, who);
	}

	/**
	 * Gives a member back, whether an operator took it out or its breaker did.
	 * @param address host and port, as the view has it
	 * @param who who wants it
	 * @throws IllegalArgumentException if there is no such member
	 */
	public void restore(String address, String who) {
		Checks.text("who", who);
		with(address, (breakers) -> breakers.restore(address, who));
	}

	private void takeOut(String address, boolean drained, @Nullable Duration limit, String who) {
		Checks.text("who", who);
		if (limit != null) {
			Checks.positive("duration", limit);
		}
		String instead = this.destination.insteadOf(address);
		Checks.require(instead.isEmpty(), "member", address, instead);
		with(address, (breakers) -> breakers.takeOut(address, drained, limit, who));
	}

	private void with(String address, Consumer<MemberBreakers> action) {
		Checks.require(!this.balancers.isEmpty(), "member", address,
				"none with protocol " + this.protocol + ", whose library chooses members itself");
		List<BalancedDestination> having = this.balancers.stream()
			.filter((balanced) -> balanced.members()
				.stream()
				.anyMatch((member) -> member.member().address().equals(address)))
			.toList();
		Checks.require(!having.isEmpty(), "member", address,
				"one of " + this.balancers.stream()
					.flatMap((balanced) -> balanced.members().stream())
					.map((member) -> member.member().address())
					.toList());
		having.forEach((balanced) -> action.accept(balanced.breakers()));
	}

}
