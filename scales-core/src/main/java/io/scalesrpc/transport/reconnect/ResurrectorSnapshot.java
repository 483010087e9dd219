package io.scalesrpc.transport.reconnect;

import io.scalesrpc.call.Failure;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is the case with the connection to a member. <em>Immutable</em>.
 *
 * @param state what is being done
 * @param connection where calls go; there is one while the state is open
 * @param refusal what calls end with; there is one while the state is closed to others
 */
record ResurrectorSnapshot(ResurrectorState state, @Nullable Connection connection, @Nullable Failure refusal) {

	/** One line for people; empty if nothing is the matter. */
	String problem() {
		if (this.refusal != null) {
			boolean trying = this.state == ResurrectorState.RECONNECTING;
			return PeerText.printable(this.refusal.reason()) + (trying ? ", trying now" : "");
		}
		if (this.connection != null) {
			return this.connection.isDraining() ? "draining" : this.connection.problem();
		}
		return switch (this.state) {
			case OPENING -> "opening";
			case REPLACING -> "replacing";
			case IDLE, OPEN, DOWN, RECONNECTING, CLOSED -> "";
		};
	}

}
