package io.scalesrpc.discovery.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.netty.handler.codec.dns.DnsRecordType;

/**
 * Tries the full names that a short name may stand for, one after the other, until one
 * has records. Asks for all types of one name together, and goes on only when the servers
 * say that it has none: when they are silent, the name may well be the right one.
 * <em>Immutable</em>.
 *
 * @param resolver whom to ask
 * @param types what to ask for
 */
record NameSearch(NameResolver resolver, List<DnsRecordType> types) {

	/**
	 * Searches.
	 * @param names full names, at least one
	 * @param then told what became of the first name that exists or may exist, or else of
	 * the last
	 */
	void find(List<String> names, Consumer<Replies> then) {
		String name = names.get(0);
		Map<DnsRecordType, Reply> replies = new HashMap<>();
		for (DnsRecordType type : this.types) {
			this.resolver.ask(name, type, (reply) -> {
				replies.put(type, reply);
				if (replies.size() == this.types.size()) {
					found(names, new Replies(name, replies), then);
				}
			});
		}
	}

	private void found(List<String> names, Replies replies, Consumer<Replies> then) {
		if (replies.isAbsent() && names.size() > 1) {
			find(names.subList(1, names.size()), then);
		}
		else {
			then.accept(replies);
		}
	}

}
