package io.scalesrpc.spring.endpoint;

import io.scalesrpc.client.ClientView;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of a client come from, as the endpoint shows it. <em>Immutable</em>.
 *
 * @param uri names the source
 * @param ageMillis how long ago the source last confirmed its members, in milliseconds;
 * {@code null} if it never did
 * @param lastError why the source does not answer now; {@code null} if it does
 * @param badMembers how many entries are left out because they cannot be read
 * @param members how many members are known
 */
public record SourceDescriptor(String uri, @Nullable Long ageMillis, @Nullable String lastError, int badMembers,
		int members) {

	static SourceDescriptor of(ClientView view) {
		SourceStatus status = view.source();
		return new SourceDescriptor(view.uri(), (status.age() != null) ? status.age().toMillis() : null,
				(status.lastError() != null) ? PeerText.printable(status.lastError()) : null, status.badMembers(),
				view.members().size());
	}

}
