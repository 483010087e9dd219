package io.scalesrpc.discovery.dns.query;

import java.util.List;
import java.util.function.Consumer;

import io.netty.handler.codec.dns.DnsRecordType;

/**
 * Puts questions to name servers. Implementations are <em>confined to the thread of the
 * session they belong to</em>; replies come on it, too.
 */
public interface NameResolver {

	/**
	 * Asks for the records of one name.
	 * @param name a full name that ends with a dot
	 * @param type which records
	 * @param then told once what became of it, possibly before this returns; not told if
	 * the session is closed meanwhile
	 */
	void ask(String name, DnsRecordType type, Consumer<Reply> then);

	/**
	 * Which kinds of addresses this machine can use.
	 * @return A, AAAA or both
	 */
	List<DnsRecordType> addressTypes();

}
