package io.scalesrpc.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.stream.Stream;

import io.scalesrpc.discovery.Member;

/**
 * Under which address others reach a server of this machine. Asks no name server.
 * <em>Stateless</em>; thread-safe.
 */
final class LocalAddress {

	private LocalAddress() {
	}

	/**
	 * What to announce.
	 * @param listening where the server listens
	 * @return that address; if it is a wildcard, an address of a network interface that
	 * is up, IPv4 and private ones first, the loopback if there is no other
	 */
	static Member of(InetSocketAddress listening) {
		InetAddress address = listening.getAddress();
		return Member.of(text(address.isAnyLocalAddress() ? best() : address), listening.getPort());
	}

	private static InetAddress best() {
		try {
			return NetworkInterface.networkInterfaces()
				.filter(LocalAddress::isUp)
				.flatMap(NetworkInterface::inetAddresses)
				.min(Comparator.comparing(LocalAddress::rank))
				.orElseGet(InetAddress::getLoopbackAddress);
		}
		catch (SocketException ex) {
			return InetAddress.getLoopbackAddress();
		}
	}

	private static boolean isUp(NetworkInterface network) {
		try {
			return network.isUp();
		}
		catch (SocketException ex) {
			return false;
		}
	}

	/** The smaller the better. */
	private static int rank(InetAddress address) {
		int rank = (address instanceof Inet4Address) ? 0 : 1;
		rank += address.isSiteLocalAddress() ? 0 : 2;
		return rank + (address.isLinkLocalAddress() ? 4 : 0) + (address.isLoopbackAddress() ? 8 : 0);
	}

	/** The zone of an IPv6 address means nothing elsewhere. */
	private static String text(InetAddress address) {
		return Stream.of(address.getHostAddress().split("%")).findFirst().orElseThrow();
	}

}
