package io.scalesrpc.discovery.dns.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.handler.codec.dns.DnsRecordType;

/**
 * A resolver whose replies a test writes down; what is not written down is absent.
 * <em>Confined to the test's thread</em>.
 */
public final class FakeResolver implements NameResolver {

	/** What was asked, as {@code "A orders."}, in this order. */
	public final List<String> asked = new ArrayList<>();

	/** Replies held back, while there are to be any. */
	public final List<Runnable> held = new ArrayList<>();

	public boolean hold;

	public List<DnsRecordType> addressTypes = List.of(DnsRecordType.A, DnsRecordType.AAAA);

	private final Map<String, Reply> replies = new HashMap<>();

	@Override
	public void ask(String name, DnsRecordType type, Consumer<Reply> then) {
		String question = type.name() + " " + name;
		this.asked.add(question);
		Reply reply = this.replies.getOrDefault(question, new Reply.Absent(question + ": no such name"));
		if (this.hold) {
			this.held.add(() -> then.accept(reply));
		}
		else {
			then.accept(reply);
		}
	}

	@Override
	public List<DnsRecordType> addressTypes() {
		return this.addressTypes;
	}

	public void addresses(String question, long ttl, String... addresses) {
		String name = question.substring(question.indexOf(' ') + 1);
		List<Entry> entries = Stream.of(addresses)
			.map((address) -> (Entry) new Entry.Address(name, ttl, address))
			.toList();
		this.replies.put(question, new Reply.Answer(entries, List.of(), ttl, 0));
	}

	public void reply(String question, Reply reply) {
		this.replies.put(question, reply);
	}

	public void refusal(String question) {
		this.replies.put(question, new Reply.Silence(question + ": ServFail", true));
	}

	public void silence(String question) {
		this.replies.put(question, new Reply.Silence(question + ": no answer", false));
	}

}
