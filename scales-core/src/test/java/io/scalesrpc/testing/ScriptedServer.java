package io.scalesrpc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Queue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A server of plain sockets that does with each request what a {@link ConnectionContract}
 * says, in whatever language it is taught. <em>Thread-safe</em>; a conversation is its
 * connection's thread's.
 */
public final class ScriptedServer implements UnrulyServer {

	private final Language language;

	private final SocketServer server;

	private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

	private final Queue<Act> acts = new ConcurrentLinkedQueue<>();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Supplier<Act> otherwise = () -> Act.ANSWER;

	private volatile int endAfter = Integer.MAX_VALUE;

	private volatile boolean still;

	/**
	 * Starts a server on a free port.
	 * @param language begins a conversation on a new connection
	 */
	public ScriptedServer(Language language) throws IOException {
		this(language, 0);
	}

	/**
	 * Starts a server.
	 * @param language begins a conversation on a new connection
	 * @param port where it listens; zero for a free port
	 */
	public ScriptedServer(Language language, int port) throws IOException {
		this.language = language;
		ServerSocket listener = new ServerSocket();
		listener.setReuseAddress(true);
		listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
		this.server = new SocketServer(listener, this::serve);
	}

	/** Where it listens. */
	public int port() {
		return this.server.port();
	}

	/**
	 * Lets every connection end in good order after some answers.
	 * @param answers how many
	 */
	public void endAfter(int answers) {
		this.endAfter = answers;
	}

	/** Stands still, as a stopped process does, or goes on. */
	public void stand(boolean still) {
		this.still = still;
	}

	private void awaitMove() {
		while (this.still) {
			LockSupport.parkNanos(2_000_000);
		}
	}

	/**
	 * Says what becomes of the next requests, of whatever connection.
	 * @param next one after the other
	 */
	public void next(Act... next) {
		this.acts.addAll(Arrays.asList(next));
	}

	/**
	 * Says what becomes of all requests after those.
	 * @param supplier asked for each of them, by several threads
	 */
	public void otherwise(Supplier<Act> supplier) {
		this.otherwise = supplier;
	}

	@Override
	public void treat(Manner manner) {
		this.otherwise = () -> (manner == Manner.ANSWER) ? Act.ANSWER : Act.SILENCE;
	}

	@Override
	public String uri() {
		return "tcp://127.0.0.1:" + this.server.port();
	}

	@Override
	public int requests() {
		return this.requests.get();
	}

	@Override
	public int open() {
		return this.server.open();
	}

	/** How many connections there were. */
	public int accepted() {
		return this.server.accepted();
	}

	/** Ends every connection, in good order or with a reset. */
	public void endAll(boolean reset) {
		// Those of now: a client comes back while they end.
		List.copyOf(this.conversations).forEach((conversation) -> conversation.end(reset));
	}

	/** Says on every connection that it will end, if the language has a word for that. */
	public void drainAll() {
		List.copyOf(this.conversations).forEach(Conversation::drain);
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(Socket socket, int number) throws IOException {
		awaitMove();
		Conversation conversation = new Conversation(socket, this.language.begin(socket));
		this.conversations.add(conversation);
		try {
			@Nullable Object before = null;
			for (int i = 1; true; i++) {
				Object request = conversation.speaker.next();
				awaitMove();
				this.requests.incrementAndGet();
				if (i <= this.endAfter) {
					Act act = this.acts.poll();
					conversation.perform(
							(i == this.endAfter) ? Act.ANSWER_AND_FIN : (act != null) ? act : this.otherwise.get(),
							request, before);
				}
				before = request;
			}
		}
		finally {
			this.conversations.remove(conversation);
		}
	}

	/** What a server does with a request. */
	public enum Act {

		/** Answers it. */
		ANSWER,

		/** Does nothing. */
		SILENCE,

		/** Answers it, and closes the connection in good order. */
		ANSWER_AND_FIN,

		/** Answers it twice. */
		TWICE,

		/** Answers it byte by byte. */
		BIT_BY_BIT,

		/** Answers the request before in its place, and then it. */
		THE_ONE_BEFORE,

		/** Closes the connection. */
		FIN,

		/** Resets the connection. */
		RESET,

		/** Answers a half, and closes the connection. */
		HALF_AND_FIN,

		/** Answers a half, and resets the connection. */
		HALF_AND_RESET,

		/** Answers with more than the client takes. */
		LARGE,

		/** Answers in its form, and what it says cannot be read. */
		UNREADABLE,

		/** Sends bytes that are no answer. */
		NONSENSE,

		/** Answers it, and says that the connection will end. */
		GOODBYE

	}

	/** Begins conversations. */
	@FunctionalInterface
	public interface Language {

		/**
		 * Begins one, with all that comes before the first request.
		 * @param socket the connection
		 */
		Speaker begin(Socket socket) throws IOException;

	}

	/** One side of a connection. <em>Confined to its thread.</em> */
	public interface Speaker {

		/** The next request; whatever else comes is dealt with. */
		Object next() throws IOException;

		/** The right answer. */
		byte[] answer(Object request);

		/**
		 * The answer and the word that the connection will end; null if there is none.
		 */
		default byte @Nullable [] lastAnswer(Object request) {
			return null;
		}

		/** The word that the connection will end; null if there is none. */
		default byte @Nullable [] goodbye() {
			return null;
		}

		/** An answer of 100,000 bytes and more. */
		byte[] large(Object request);

		/** An answer that cannot be read; null if there are none. */
		default byte @Nullable [] unreadable(Object request) {
			return null;
		}

		/** Bytes that are no answer. */
		byte[] nonsense();

		/**
		 * Told of a request that is not answered: where answers are told apart by their
		 * order it must be answered before any other.
		 */
		default void silent(Object request) {
			// it is never answered
		}

	}

	/** A connection. <em>Thread-safe</em>. */
	private static final class Conversation {

		private final Socket socket;

		private final Speaker speaker;

		Conversation(Socket socket, Speaker speaker) {
			this.socket = socket;
			this.speaker = speaker;
		}

		void perform(Act act, Object request, @Nullable Object before) throws IOException {
			byte[] right = this.speaker.answer(request);
			switch (act) {
				case ANSWER -> send(right);
				case ANSWER_AND_FIN, GOODBYE -> {
					byte[] last = this.speaker.lastAnswer(request);
					send((act == Act.GOODBYE && last != null) ? last : right);
					if (act == Act.ANSWER_AND_FIN) {
						end(false);
					}
				}
				case TWICE -> {
					byte[] twice = Arrays.copyOf(right, 2 * right.length);
					System.arraycopy(right, 0, twice, right.length, right.length);
					send(twice);
				}
				case BIT_BY_BIT -> {
					for (byte one : right) {
						send(new byte[] { one });
					}
				}
				case THE_ONE_BEFORE -> {
					if (before != null) {
						send(this.speaker.answer(before));
					}
					send(right);
				}
				case HALF_AND_FIN, HALF_AND_RESET -> {
					send(Arrays.copyOf(right, right.length - 3));
					end(act == Act.HALF_AND_RESET);
				}
				case FIN, RESET -> end(act == Act.RESET);
				case LARGE -> send(this.speaker.large(request));
				case UNREADABLE -> {
					byte[] unreadable = this.speaker.unreadable(request);
					send((unreadable != null) ? unreadable : right);
				}
				case NONSENSE -> send(this.speaker.nonsense());
				case SILENCE -> this.speaker.silent(request);
			}
		}

		void drain() {
			byte[] goodbye = this.speaker.goodbye();
			try {
				if (goodbye != null) {
					send(goodbye);
				}
			}
			catch (IOException ex) {
				// it has ended
			}
		}

		void send(byte[] bytes) throws IOException {
			synchronized (this.socket) {
				this.socket.getOutputStream().write(bytes);
				this.socket.getOutputStream().flush();
			}
		}

		void end(boolean reset) {
			try {
				if (reset) {
					SocketServer.reset(this.socket);
				}
				else {
					// The client's FIN ends the thread that reads.
					this.socket.shutdownOutput();
				}
			}
			catch (IOException ex) {
				// it has ended
			}
		}

	}

}
