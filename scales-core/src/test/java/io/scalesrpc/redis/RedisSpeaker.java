package io.scalesrpc.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

import io.scalesrpc.testing.ScriptedServer;
import org.jspecify.annotations.Nullable;

/**
 * A server of Redis that knows one command, {@code PING} with a text, beside what clients
 * say when they connect and what proves that replies are in step: these are answered
 * whatever the script says. <em>Confined to its connection's thread</em>.
 */
public final class RedisSpeaker implements ScriptedServer.Speaker {

	private static final int LARGE = 100_000;

	private final Socket socket;

	private final InputStream in;

	/** Answers that are owed; they come before the next one. */
	private final ByteArrayOutputStream late = new ByteArrayOutputStream();

	private byte[] unanswered = {};

	private final Queue<Request> batch = new ArrayDeque<>();

	private RedisSpeaker(Socket socket) throws IOException {
		this.socket = socket;
		this.in = socket.getInputStream();
	}

	public static ScriptedServer.Speaker begin(Socket socket) throws IOException {
		return new RedisSpeaker(socket);
	}

	@Override
	public Object next() throws IOException {
		while (this.batch.isEmpty()) {
			List<String> words = command();
			if (isRequest(words)) {
				readBatch(words);
			}
			else {
				say(answerToOthers(words));
			}
		}
		return this.batch.remove();
	}

	/** The last of a batch is answered together with what proves it. */
	private void readBatch(List<String> first) throws IOException {
		List<String> words = first;
		while (true) {
			String text = words.get(1);
			words = command();
			if (!isRequest(words)) {
				this.batch.add(new Request(text, words.get(1)));
				return;
			}
			this.batch.add(new Request(text, null));
		}
	}

	private static boolean isRequest(List<String> words) {
		return words.get(0).equals("PING") && words.size() == 2;
	}

	/**
	 * What a client asks. <em>Immutable</em>.
	 *
	 * @param text the argument of PING
	 * @param proof that of the ECHO behind it, if it is the last of its batch
	 */
	private record Request(String text, @Nullable String proof) {

		byte[] answered(byte[] answer) {
			byte[] end = (this.proof != null) ? bulk(this.proof) : new byte[0];
			byte[] whole = Arrays.copyOf(answer, answer.length + end.length);
			System.arraycopy(end, 0, whole, answer.length, end.length);
			return whole;
		}

	}

	/** Under the lock that the answers of the script are written under. */
	private void say(byte[] reply) throws IOException {
		synchronized (this.socket) {
			this.socket.getOutputStream().write(reply);
			this.socket.getOutputStream().flush();
		}
	}

	private static byte[] answerToOthers(List<String> words) {
		return switch (words.get(0)) {
			case "ECHO" -> bulk(words.get(1));
			case "HELLO" ->
				bytes("%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n$4\r\nrole\r\n$6\r\nmaster\r\n");
			case "PING" -> bytes("+PONG\r\n");
			default -> bytes("+OK\r\n");
		};
	}

	private List<String> command() throws IOException {
		int count = Integer.parseInt(line().substring(1));
		List<String> words = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int length = Integer.parseInt(line().substring(1));
			byte[] word = this.in.readNBytes(length);
			this.in.readNBytes(2);
			words.add(new String(word, StandardCharsets.UTF_8));
		}
		return words;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException();
			}
			line.write(c);
		}
		return line.toString(StandardCharsets.UTF_8).trim();
	}

	@Override
	public byte[] answer(Object request) {
		Request asked = (Request) request;
		byte[] late = this.late.toByteArray();
		this.late.reset();
		byte[] own = asked.answered(bulk(asked.text));
		byte[] whole = Arrays.copyOf(late, late.length + own.length);
		System.arraycopy(own, 0, whole, late.length, own.length);
		this.unanswered = whole;
		return whole;
	}

	@Override
	public void silent(Object request) {
		this.late.writeBytes(this.unanswered);
	}

	@Override
	public byte[] large(Object request) {
		return ((Request) request).answered(bulk("x".repeat(LARGE)));
	}

	/** A list where a text should be. */
	@Override
	public byte[] unreadable(Object request) {
		return ((Request) request).answered(bytes("*2\r\n:1\r\n:2\r\n"));
	}

	@Override
	public byte[] nonsense() {
		return bytes("no reply of Redis\r\n");
	}

	private static byte[] bulk(String text) {
		int length = text.getBytes(StandardCharsets.UTF_8).length;
		return bytes("$" + length + "\r\n" + text + "\r\n");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
