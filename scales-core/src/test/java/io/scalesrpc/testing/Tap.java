package io.scalesrpc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Somebody in the middle of connections to a server: hears what is said, and may change
 * it. Bytes are given as characters up to 255. <em>Thread-safe</em>.
 */
public final class Tap implements AutoCloseable {

	private final SocketServer listening;

	private final StringBuffer heard = new StringBuffer();

	/** Listens between clients and the server at a port of this machine. */
	public Tap(int port) throws IOException {
		this(port, (said) -> said, (said) -> said);
	}

	/**
	 * Listens, and changes.
	 * @param port of the server
	 * @param toServer changes what clients say
	 * @param toClient changes what the server says
	 */
	public Tap(int port, Change toServer, Change toClient) throws IOException {
		this.listening = new SocketServer((client, number) -> {
			try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
				server.setTcpNoDelay(true);
				Thread back = new Thread(() -> pass(server, client, toClient), "tap");
				back.start();
				pass(client, server, toServer);
				join(back);
			}
		});
	}

	/** Where clients connect. */
	public int port() {
		return this.listening.port();
	}

	/** All that was said so far, by clients and server. */
	public String heard() {
		return this.heard.toString();
	}

	/** Passes on until one of them hangs up, then ends both. */
	private void pass(Socket from, Socket to, Change change) {
		byte[] buffer = new byte[64 * 1024];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				String said = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
				this.heard.append(said);
				out.write(change.of(said).getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		catch (IOException ex) {
			// one of them is gone
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

	/** What becomes of something that was said. */
	@FunctionalInterface
	public interface Change {

		/** What is passed on instead. */
		String of(String said);

	}

}
