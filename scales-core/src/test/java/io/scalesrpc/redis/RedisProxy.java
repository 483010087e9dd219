package io.scalesrpc.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.SocketServer;
import io.scalesrpc.testing.UnrulyServer;

/**
 * Stands between clients and a real server, and can hold back (once it was asked
 * something), delay, double, drop, garble and cut what the server says.
 * <em>Thread-safe</em>.
 */
public final class RedisProxy implements UnrulyServer {

	/** What a test calls, as RESP has it; proofs and pings of the client are others. */
	private static final String PING_WITH_TEXT = "*2\r\n$4\r\nPING\r\n";

	private final RedisNode node;

	private final Faults faults;

	private final SocketServer server;

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Manner manner = Manner.ANSWER;

	public RedisProxy(RedisNode node, Faults faults) throws IOException {
		this.node = node;
		this.faults = faults;
		this.server = new SocketServer(this::serve);
	}

	/** Passes everything on, unless it is told to be silent. */
	public static RedisProxy faithful(RedisNode node) throws IOException {
		return new RedisProxy(node, (bytes, number, client) -> client.write(bytes));
	}

	private void serve(Socket client, int number) throws IOException {
		try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.node.port())) {
			upstream.setTcpNoDelay(true);
			AtomicInteger asked = new AtomicInteger();
			Thread asks = new Thread(() -> pass(client, upstream, asked), "redis-proxy");
			asks.start();
			try {
				answer(client, upstream, number, asked);
			}
			finally {
				close(upstream);
				close(client);
				join(asks);
			}
		}
	}

	private void pass(Socket client, Socket upstream, AtomicInteger asked) {
		byte[] buffer = new byte[65536];
		try {
			InputStream in = client.getInputStream();
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				count(new String(buffer, 0, n, StandardCharsets.ISO_8859_1), asked);
				upstream.getOutputStream().write(buffer, 0, n);
			}
			upstream.close();
		}
		catch (IOException ex) {
			close(upstream);
		}
	}

	/**
	 * A command may be cut in two; then it is not counted, which the tests that count
	 * avoid.
	 */
	private void count(String said, AtomicInteger asked) {
		for (int i = said.indexOf(PING_WITH_TEXT); i >= 0; i = said.indexOf(PING_WITH_TEXT, i + 1)) {
			asked.incrementAndGet();
			this.requests.incrementAndGet();
		}
	}

	private void answer(Socket client, Socket upstream, int number, AtomicInteger asked) throws IOException {
		byte[] buffer = new byte[65536];
		InputStream in = upstream.getInputStream();
		for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
			while (this.manner == Manner.SILENCE && asked.get() > 0) {
				if (upstream.isClosed()) {
					return;
				}
				LockSupport.parkNanos(1_000_000);
			}
			this.faults.pass(Arrays.copyOf(buffer, n), number, client.getOutputStream());
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

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// closed, as it should be
		}
	}

	public int port() {
		return this.server.port();
	}

	public int accepted() {
		return this.server.accepted();
	}

	@Override
	public String uri() {
		return "tcp://127.0.0.1:" + port();
	}

	@Override
	public void treat(Manner next) {
		this.manner = next;
	}

	@Override
	public int requests() {
		return this.requests.get();
	}

	@Override
	public int open() {
		return this.server.open();
	}

	@Override
	public void close() throws IOException {
		this.manner = Manner.ANSWER;
		this.server.close();
	}

	/** What becomes of bytes from the server. */
	@FunctionalInterface
	public interface Faults {

		/**
		 * Passes them on, or something else.
		 * @param bytes what came at once
		 * @param connection which connection it is, from 0
		 * @param client where it goes; closed by throwing
		 */
		void pass(byte[] bytes, int connection, OutputStream client) throws IOException;

	}

	/**
	 * One fault in so many pieces, of a kind that is drawn. <em>Thread-safe</em>.
	 *
	 * @param random draws
	 * @param oneIn how many pieces pass unharmed for each that does not
	 */
	public record Chance(Random random, int oneIn) implements Faults {

		@Override
		public void pass(byte[] bytes, int connection, OutputStream client) throws IOException {
			switch (this.random.nextInt(6 * this.oneIn)) {
				case 0 -> {
					client.write(bytes);
					client.write(bytes);
				}
				case 1 -> client.write(garbled(bytes));
				case 2 -> {
					client.write(bytes, 0, this.random.nextInt(bytes.length));
					throw new IOException("cut by a test");
				}
				case 3 -> {
					// dropped
				}
				case 4 -> {
					int middle = this.random.nextInt(bytes.length);
					client.write(bytes, 0, middle);
					client.write(bytes);
				}
				default -> {
					if (this.random.nextInt(20) == 0) {
						LockSupport.parkNanos(this.random.nextInt(20) * 1_000_000L);
					}
					client.write(bytes);
				}
			}
		}

		private byte[] garbled(byte[] bytes) {
			byte[] changed = bytes.clone();
			for (int i = this.random.nextInt(3); i >= 0; i--) {
				changed[this.random.nextInt(changed.length)] ^= (byte) (1 << this.random.nextInt(8));
			}
			return changed;
		}

	}

}
