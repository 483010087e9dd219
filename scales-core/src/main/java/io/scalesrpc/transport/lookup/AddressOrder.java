package io.scalesrpc.transport.lookup;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * In which order the addresses of a name are tried (RFC 8305, 4): one of each family in
 * turn, beginning with the family that the JDK puts first, so that a network which
 * carries only the other one costs one head start. <em>Stateless</em>; thread-safe.
 */
final class AddressOrder {

	private AddressOrder() {
	}

	/**
	 * Interleaves addresses.
	 * @param addresses those of one name, in the order of preference
	 * @return the same without duplicates
	 */
	static List<InetAddress> interleaved(List<InetAddress> addresses) {
		Deque<InetAddress> preferred = new ArrayDeque<>();
		Deque<InetAddress> others = new ArrayDeque<>();
		addresses.stream().distinct().forEach((address) -> {
			boolean same = isIpV4(address) == isIpV4(addresses.get(0));
			(same ? preferred : others).add(address);
		});
		List<InetAddress> order = new ArrayList<>();
		while (!preferred.isEmpty() || !others.isEmpty()) {
			move(preferred, order);
			move(others, order);
		}
		return order;
	}

	private static boolean isIpV4(InetAddress address) {
		return address instanceof Inet4Address;
	}

	private static void move(Deque<InetAddress> from, List<InetAddress> to) {
		if (!from.isEmpty()) {
			to.add(from.remove());
		}
	}

}
