package io.scalesrpc.discovery.dns;

import java.util.Map;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.dns.query.Reply;
import io.scalesrpc.discovery.dns.query.Reply.Absent;
import io.scalesrpc.discovery.dns.query.Reply.Answer;
import io.scalesrpc.discovery.dns.query.Reply.Silence;

/**
 * What became of the questions about one name. <em>Immutable</em>.
 *
 * @param name the name
 * @param byType one reply for each type that was asked for, at least one
 */
record Replies(String name, Map<DnsRecordType, Reply> byType) {

	/** Copies the map. */
	Replies {
		byType = Map.copyOf(byType);
	}

	/** Whether the servers say that the name has none of the records. */
	boolean isAbsent() {
		return this.byType.values().stream().allMatch(Absent.class::isInstance);
	}

	/** Whether servers say that there is none, or that they cannot tell. */
	boolean isAbsentOrRefused() {
		return this.byType.values()
			.stream()
			.allMatch((reply) -> reply instanceof Absent || reply instanceof Silence silence && silence.refused());
	}

	/** Whether there is any record. */
	boolean isAnswered() {
		return this.byType.values().stream().anyMatch(Answer.class::isInstance);
	}

	/** Why there is nothing, for people: what went wrong tells more than what is not. */
	String reason() {
		return this.byType.values()
			.stream()
			.filter(Silence.class::isInstance)
			.findFirst()
			.or(() -> this.byType.values().stream().findFirst())
			.map(Replies::reason)
			.orElse("");
	}

	private static String reason(Reply reply) {
		if (reply instanceof Silence silence) {
			return silence.reason();
		}
		return (reply instanceof Absent absent) ? absent.reason() : "";
	}

}
