package io.scalesrpc.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One address for many servers, as a service of Kubernetes or a load balancer has it:
 * each connection goes to the next of the servers there are when it comes, and stays
 * there. <em>Thread-safe</em>.
 */
public final class TcpBalancer implements AutoCloseable {

	private final List<Integer> ports = new CopyOnWriteArrayList<>();

	private final SocketServer listening;

	/** Listens in front of servers at these ports of this machine. */
	public TcpBalancer(List<Integer> ports) throws IOException {
		this.ports.addAll(ports);
		this.listening = new SocketServer((client, number) -> {
			List<Integer> known = List.copyOf(this.ports);
			try (Socket server = new Socket(InetAddress.getLoopbackAddress(), known.get(number % known.size()))) {
				server.setTcpNoDelay(true);
				Thread back = new Thread(() -> pass(server, client), "tcp-balancer");
				back.start();
				pass(client, server);
				back.join(5000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	/** Where clients connect. */
	public int port() {
		return this.listening.port();
	}

	/** How many connections there were. */
	public int accepted() {
		return this.listening.accepted();
	}

	/** Connections that come from now on may go to one server more. */
	public void add(int port) {
		this.ports.add(port);
	}

	/** Passes on until one of them hangs up, then ends both. */
	private static void pass(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One of them is gone.
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
