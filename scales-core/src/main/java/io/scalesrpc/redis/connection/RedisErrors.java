package io.scalesrpc.redis.connection;

import java.util.HashMap;
import java.util.Map;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.redis.RedisReplyException;

/**
 * What the errors of Redis mean: the one table of them. Those that speak of the state of
 * the server are here; all others are answers to a command that was wrong, which is its
 * caller's own matter, as an exception that an IDL declares is: nobody asks again, and no
 * breaker counts them. <em>Stateless</em>.
 */
public final class RedisErrors {

	private static final String NO_LOGIN = " (expected: redis.password, and redis.username unless it is the"
			+ " default user's)";

	private static final Map<String, Meaning> OF_THE_SERVER = table();

	private RedisErrors() {
	}

	/**
	 * What a call ends with.
	 * @param error the text of Redis
	 * @param where client, method and server, for the text of an exception
	 */
	static Failure failure(String error, String where) {
		RedisReplyException cause = new RedisReplyException(error, where);
		Meaning meaning = OF_THE_SERVER.get(cause.code());
		if (meaning == null) {
			return Failure.declared(cause);
		}
		return new Failure(meaning.kind, PeerText.printable(error) + meaning.remedy, cause, !meaning.again,
				meaning.kind == FailureKind.NOT_SENT);
	}

	/**
	 * Why a server did not let a connection in, with the setting that it is about.
	 * @param error the text of Redis, or whatever else was said
	 * @return the text with what to do
	 */
	static String atLogin(String error) {
		return PeerText.printable(error) + remedyAtLogin(error);
	}

	private static String remedyAtLogin(String error) {
		if (error.startsWith("NOAUTH")) {
			return NO_LOGIN;
		}
		if (error.startsWith("WRONGPASS") || error.startsWith("ERR invalid password")) {
			return " (expected: redis.username and redis.password as the server has them)";
		}
		boolean needsNone = error.contains("without any password configured") || error.contains("no password is set");
		if (error.startsWith("ERR") && needsNone) {
			return " (expected: no redis.password for a server without one)";
		}
		boolean aboutDatabase = error.contains("DB index") || error.contains("SELECT is not allowed");
		return aboutDatabase
				? " (expected: redis.database is one that the server has, from 0 to one less than its 'databases')"
				: "";
	}

	public static boolean isReadOnly(Failure failure) {
		return failure.cause() instanceof RedisReplyException reply && reply.code().equals("READONLY");
	}

	private static Map<String, Meaning> table() {
		Map<String, Meaning> all = new HashMap<>();
		put(all, refused(true, ""), "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "NOREPLICAS");
		put(all, refused(true, " (the server is a replica)"), "READONLY");
		// Nobody makes room, or mends a disk, within milliseconds.
		put(all, refused(false, " (expected: a server that takes writes)"), "OOM", "MISCONF");
		put(all, refused(false, ": the server is part of a cluster, which is not supported"
				+ " (expected: servers of one replication group)"), "MOVED", "ASK", "CROSSSLOT");
		put(all, new Meaning(FailureKind.REMOTE, false, NO_LOGIN), "NOAUTH");
		return Map.copyOf(all);
	}

	/** Before anything was done. */
	private static Meaning refused(boolean again, String remedy) {
		return new Meaning(FailureKind.NOT_SENT, again, remedy);
	}

	private static void put(Map<String, Meaning> all, Meaning meaning, String... codes) {
		for (String code : codes) {
			all.put(code, meaning);
		}
	}

	/**
	 * What an error means that is not the caller's. <em>Immutable</em>.
	 *
	 * @param kind NOT_SENT if nothing was done
	 * @param again whether it may be another soon, here or elsewhere
	 * @param remedy follows the text of Redis
	 */
	private record Meaning(FailureKind kind, boolean again, String remedy) {
	}

}
