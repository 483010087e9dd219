package io.scalesrpc.finagle.balancing;

import java.util.Locale;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.Role;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.finagle.AsyncPeer;
import io.scalesrpc.finagle.load.Loads;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.test.peer.PeerService;
import org.jspecify.annotations.Nullable;

/**
 * Our client of the peer service, driven by the commands that Finagle's has for loads:
 * <pre>
 * client BALANCER retries|no-retries ADDRESSES    from now on another client
 * closed-loop ..., open-loop ...                  makes many echoes; see {@link Loads}
 * members                                         how the client sees its members
 * </pre> Futures complete on the event loop, as Finagle's do. <em>Confined to the thread
 * that drives</em>.
 */
final class ScalesPeer implements AutoCloseable {

	/** Ends the name of a balancer of a client that hedges. */
	private static final String HEDGED = "-hedged";

	private @Nullable ClientHandle<AsyncPeer> handle;

	/**
	 * Carries a command out.
	 * @param command its first word
	 * @param rest the rest of the line
	 * @return the answer
	 */
	String answer(String command, String rest) throws InterruptedException {
		switch (command) {
			case "client":
				String[] words = rest.split(" ");
				close();
				this.handle = client(words[0], words[1].equals("retries"), words[2]);
				return "";
			case "members":
				return handle().view().members().toString();
			default:
				return Loads.run(new Echoes(handle().proxy()), command, rest);
		}
	}

	private ClientHandle<AsyncPeer> handle() {
		if (this.handle == null) {
			throw new IllegalStateException("client: none (expected: the command client)");
		}
		return this.handle;
	}

	/**
	 * Makes a client.
	 * @param balancer {@code default}, or the name of a type; with {@code -hedged} at its
	 * end, a client that hedges
	 * @param retries whether what was not sent is sent again
	 * @param addresses as {@code host:port,host:port}
	 */
	private static ClientHandle<AsyncPeer> client(String balancer, boolean retries, String addresses) {
		ClientBuilder<AsyncPeer> builder = ScalesClients.builder(AsyncPeer.class)
			.name("peer")
			.service(PeerService.class)
			.callbacks(Callbacks.EVENT_LOOP)
			.uri("tcp://" + addresses);
		if (balancer.endsWith(HEDGED)) {
			builder.callOption(Idempotence.KEY, true).callOption(HedgingSettings.KEY, HedgingSettings.DEFAULT);
		}
		String type = balancer.replace(HEDGED, "");
		if (!type.equals("default")) {
			builder.balancer(BalancerType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_')));
		}
		if (!retries) {
			builder.stack((stack) -> stack.replace(Role.RETRY, (call, next) -> next.dispatch(call)));
		}
		return builder.build();
	}

	@Override
	public void close() {
		if (this.handle != null) {
			this.handle.close();
		}
	}

}
