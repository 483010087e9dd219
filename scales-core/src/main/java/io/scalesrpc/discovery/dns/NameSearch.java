package io.scalesrpc.discovery.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.dns.query.NameResolver;
import io.scalesrpc.discovery.dns.query.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Tries the full names that a short name may stand for, one after the other, until one
 * has records. Asks for all types of one name together. It goes on when the servers say
 * that a name has none, and, as the resolver of glibc does, when they answer that they
 * cannot tell, unless that name has had records before. When they are silent it does not:
 * the name may well be the right one. <em>Confined to the thread of the session it
 * belongs to</em>.
 */
final class NameSearch {

	private final NameResolver resolver;

	private final List<DnsRecordType> types;

	/** The name that had records last. */
	private @Nullable String known;

	/**
	 * Creates a search that knows nothing yet.
	 * @param resolver whom to ask
	 * @param types what to ask for
	 */
	NameSearch(NameResolver resolver, List<DnsRecordType> types) {
		this.resolver = resolver;
		this.types = types;
	}

	/** What is asked for. */
	List<DnsRecordType> types() {
		return this.types;
	}

	/**
	 * Searches.
	 * @param names full names, at least one
	 * @param then told what became of the first name that has records, or may have some;
	 * or else of the last
	 */
	void find(List<String> names, Consumer<Replies> then) {
		find(names, null, then);
	}

	private void find(List<String> names, @Nullable Replies refused, Consumer<Replies> then) {
		String name = names.get(0);
		Map<DnsRecordType, Reply> replies = new HashMap<>();
		for (DnsRecordType type : this.types) {
			this.resolver.ask(name, type, (reply) -> {
				replies.put(type, reply);
				if (replies.size() == this.types.size()) {
					found(names, new Replies(name, replies), refused, then);
				}
			});
		}
	}

	private void found(List<String> names, Replies replies, @Nullable Replies refused, Consumer<Replies> then) {
		boolean isKnown = names.get(0).equals(this.known);
		boolean goesOn = isKnown ? replies.isAbsent() : replies.isAbsentOrRefused();
		Replies failed = (refused == null && !replies.isAbsent()) ? replies : refused;
		if (goesOn && names.size() > 1) {
			find(names.subList(1, names.size()), failed, then);
			return;
		}
		if (replies.isAnswered()) {
			this.known = names.get(0);
		}
		// that a later name has no records does not mean that there are none
		then.accept((replies.isAbsent() && failed != null) ? failed : replies);
	}

}
