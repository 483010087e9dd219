package io.scalesrpc.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class SocketServerTests {

	private static final int LONG_MILLIS = 10_000;

	/**
	 * Otherwise a client would stay with a server that is gone, and never come to the one
	 * which listens in its place.
	 */
	@Test
	void aConnectionThatIsAcceptedWhileTheServerClosesEndsToo() throws IOException {
		LateListener listener = new LateListener();
		SocketServer server = new SocketServer(listener, (socket, number) -> socket.getInputStream().read());
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			client.setSoTimeout(LONG_MILLIS);
			server.close();
			assertThat(server.open()).isZero();
			assertThat(client.getInputStream().read()).isEqualTo(-1);
		}
	}

	/**
	 * Hands over its first connection when it has been closed, as a thread may that was
	 * blocked in accept and has not run since. <em>Thread-safe</em>.
	 */
	private static final class LateListener extends ServerSocket {

		private final CountDownLatch accepted = new CountDownLatch(1);

		private volatile @Nullable Thread closer;

		LateListener() throws IOException {
			super(0, 10, InetAddress.getLoopbackAddress());
		}

		@Override
		public Socket accept() throws IOException {
			Socket socket = super.accept();
			this.accepted.countDown();
			Eventually.await("somebody who closes, and waits", this::isAwaited);
			return socket;
		}

		private boolean isAwaited() {
			Thread known = this.closer;
			return known != null && known.getState() == Thread.State.TIMED_WAITING;
		}

		@Override
		public void close() throws IOException {
			try {
				this.accepted.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			super.close();
			this.closer = Thread.currentThread();
		}

	}

}
