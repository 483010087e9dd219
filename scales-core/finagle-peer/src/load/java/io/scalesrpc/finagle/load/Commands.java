package io.scalesrpc.finagle.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.scalesrpc.test.peer.PeerException;

/**
 * The lines of the standard input, each answered with one line. <em>Confined to the main thread</em>.
 */
public final class Commands {

	private static final PrintStream OUT = System.out;

	private Commands() {
	}

	/**
	 * Answers until the input ends or says {@code quit}, then ends the JVM: it cannot outlive who started it.
	 * @param ready the line that says that the peer is ready
	 * @param handler answers {@code OK <result>}, or with an exception {@code ERROR <what>}
	 */
	public static void run(String ready, Handler handler) throws IOException {
		// The client of libthrift 0.10 prints "Received 1" with every answer.
		System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
		say(ready);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
			String[] words = line.split(" ", 2);
			say(answer(handler, words[0], (words.length > 1) ? words[1] : ""));
		}
		Runtime.getRuntime().halt(0);
	}

	private static String answer(Handler handler, String command, String rest) {
		try {
			return ("OK " + handler.answer(command, rest)).trim();
		}
		catch (PeerException ex) {
			return "ERROR PeerException " + ex.getCode() + " " + ex.getMessage();
		}
		catch (Throwable ex) {
			return "ERROR " + ex.toString().replace('\n', ' ');
		}
	}

	private static void say(String line) {
		OUT.println(line);
		OUT.flush();
	}

	/** What a peer does with a command. */
	public interface Handler {

		/**
		 * Carries a command out.
		 * @param command its first word
		 * @param rest the rest of the line, empty if there is none
		 * @return what is said behind {@code OK}
		 */
		Object answer(String command, String rest) throws Throwable;

	}

}
