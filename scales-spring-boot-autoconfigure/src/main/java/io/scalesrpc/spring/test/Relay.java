package io.scalesrpc.spring.test;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, and the one behind it to the real server.
 * <em>Thread-safe</em>: a thread for each direction, and the timer.
 */
final class Relay {

	/** A length that no protocol believes. */
	private static final byte[] GARBAGE = { (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'g', 'a', 'r', 'b', 'a',
			'g', 'e', '\r', '\n', '\r', '\n' };

	private final Map<Long, Duration> lateAnswers = new ConcurrentHashMap<>();

	private final ScriptedServer server;

	private final Socket client;

	private final Socket target;

	private final Object toClient = new Object();

	private final Object toTarget = new Object();

	Relay(ScriptedServer server, Socket client, Socket target) {
		this.server = server;
		this.client = client;
		this.target = target;
	}

	void start() {
		run("scripted-server-requests", this.client, this::request);
		run("scripted-server-answers", this.target, this::answer);
	}

	private void run(String name, Socket from, Step step) {
		Thread thread = new Thread(() -> {
			try {
				DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
				while (!from.isClosed()) {
					step.take(this.server.wire().read(in));
				}
			}
			catch (IOException | RejectedExecutionException ex) {
				// One of the two has gone: so does the other.
			}
			finally {
				close();
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void request(byte[] message) throws IOException {
		if (!this.server.wire().isRequest(message)) {
			write(this.target, this.toTarget, message);
			return;
		}
		Act act = this.server.act();
		switch (act.kind()) {
			case ANSWER -> write(this.target, this.toTarget, message);
			case DELAY -> later(act.time(), this.target, this.toTarget, message);
			case LATE -> {
				this.lateAnswers.put(this.server.wire().key(message), act.time());
				write(this.target, this.toTarget, message);
			}
			case SILENCE -> {
				// Nobody learns of it.
			}
			case DROP -> close();
			case NACK, ERROR -> {
				byte @Nullable [] refusal = this.server.wire().refusal(message, act);
				if (refusal != null) {
					write(this.client, this.toClient, refusal);
				}
			}
			case GARBAGE -> {
				write(this.client, this.toClient, GARBAGE);
				close();
			}
		}
	}

	private void answer(byte[] message) throws IOException {
		Duration late = this.server.wire().isAnswer(message) ? this.lateAnswers.remove(this.server.wire().key(message))
				: null;
		if (late != null) {
			later(late, this.client, this.toClient, message);
		}
		else {
			write(this.client, this.toClient, message);
		}
	}

	private void later(Duration time, Socket to, Object lock, byte[] message) {
		this.server.later().schedule(() -> {
			try {
				write(to, lock, message);
			}
			catch (IOException ex) {
				close();
			}
		}, time.toNanos(), TimeUnit.NANOSECONDS);
	}

	private static void write(Socket to, Object lock, byte[] message) throws IOException {
		synchronized (lock) {
			OutputStream out = to.getOutputStream();
			out.write(message);
			out.flush();
		}
	}

	void close() {
		this.server.ended(this);
		for (Socket socket : new Socket[] { this.client, this.target }) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// It is gone, then.
			}
		}
	}

	/** What is done with each message of a direction. */
	@FunctionalInterface
	private interface Step {

		/** Does it. */
		void take(byte[] message) throws IOException;

	}

}
