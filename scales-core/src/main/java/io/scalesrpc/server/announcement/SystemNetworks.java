package io.scalesrpc.server.announcement;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * The networks of the operating system. <em>Stateless</em>; thread-safe.
 */
final class SystemNetworks implements LocalNetworks {

	/** A server that starts is not held up by a name server. */
	private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(1);

	@Override
	public Optional<InetAddress> sourceTowards(Member host) {
		InetAddress address = lookUp(host.host());
		if (address == null) {
			return Optional.empty();
		}
		// "Connecting" a datagram socket chooses the route and sends nothing.
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(new InetSocketAddress(address, host.port()));
			return Optional.of(socket.getLocalAddress());
		}
		catch (IOException | RuntimeException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable InetAddress lookUp(String host) {
		FutureTask<InetAddress> lookUp = new FutureTask<>(() -> InetAddress.getByName(host));
		Thread thread = new Thread(lookUp, "scales-server-lookup");
		thread.setDaemon(true);
		thread.start();
		try {
			return lookUp.get(LOOKUP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (ExecutionException | TimeoutException ex) {
			return null;
		}
	}

	@Override
	public List<Local> addresses() {
		try {
			return NetworkInterface.networkInterfaces()
				.filter(SystemNetworks::isUp)
				.flatMap((network) -> network.inetAddresses().map((address) -> new Local(network.getName(), address)))
				.toList();
		}
		catch (SocketException ex) {
			return List.of();
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

}
